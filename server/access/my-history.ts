import type { Context } from "../context.ts";

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
  const rows = await ctx.db
    .selectFrom("journal.about as about")
    .innerJoin("journal.entry as entry", "entry.entry_id", "about.entry_id")
    .select(["entry.entry_id", "at", "operation", "purpose", "clause", "categories", "actor", "reason"])
    .where("about.subject_id", "=", asked.subject)
    .$if(asked.before !== undefined, (query) => query.where("about.entry_id", "<", asked.before ?? ""))
    .orderBy("about.entry_id", "desc")
    .limit(historyPageSize + 1)
    .execute();
  const shown = rows.slice(0, historyPageSize);
  return {
    entries: shown.map(({ entry_id, reason, ...row }) => ({
      ...row,
      entryId: entry_id,
      refusal: reason ?? undefined,
    })),
    older: rows.length > shown.length ? shown.at(-1)?.entry_id : undefined,
  };
}
