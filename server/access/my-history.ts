import type { Context } from "../context.ts";
import { readEntryLinks } from "../journal/entry-links.ts";

/** One line of the journal about the person; nobody on the company's side is named, only by class. */
export interface HistoryEntry {
  readonly entryId: string;
  readonly at: Temporal.Instant;
  readonly operation: string;
  readonly purpose: string;
  readonly clause: string;
  readonly categories: readonly string[];
  readonly actor: "subject" | "staff" | "system";
  /** Why the gate refused; undefined if it was done. */
  readonly refusal: string | undefined;
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** Where the next, older page begins: give it as `before`; undefined on the last page. */
  readonly older: string | undefined;
}

export const historyPageSize = 25;

/** What was done with the person's data, and what was refused: the newest first, a page at a time (16). */
export async function readMyHistory(
  ctx: Context,
  asked: { readonly subject: string; readonly before?: string | undefined },
): Promise<HistoryPage> {
  const links = await readEntryLinks(ctx, asked.subject);
  const older = links.map(({ entryId }) => entryId).filter((id) => asked.before === undefined || id < asked.before);
  const shown = older.slice(0, historyPageSize);
  const rows = await ctx.db
    .selectFrom("journal.entry")
    .select(["entry_id", "at", "operation", "purpose", "clause", "categories", "actor", "reason"])
    .where("entry_id", "in", shown.length > 0 ? shown : [null])
    .orderBy("entry_id", "desc")
    .execute();
  return {
    entries: rows.map(({ entry_id, reason, ...row }) => ({
      ...row,
      entryId: entry_id,
      refusal: reason ?? undefined,
    })),
    older: older.length > shown.length ? shown.at(-1) : undefined,
  };
}
