import { type ExpressionBuilder, sql } from "kysely";
import type { Operation } from "../../policy/language/operations.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";

/** An entry as the console shows it: all there is in it, with the name of the member of staff who acted. */
export interface ListedEntry {
  readonly entryId: string;
  readonly at: Temporal.Instant;
  readonly operation: string;
  readonly purpose: string;
  readonly clause: string;
  readonly categories: readonly string[];
  readonly actor: "subject" | "staff" | "system";
  readonly staffName: string | null;
  readonly outcome: "done" | "refused";
  readonly reason: string | null;
}

export interface JournalPage {
  readonly entries: readonly ListedEntry[];
  /** The entry to go on after, where there are older ones. */
  readonly olderThan: string | undefined;
}

export interface JournalFilter {
  readonly operation?: Operation | undefined;
  readonly outcome?: "done" | "refused" | undefined;
}

export const entriesPerPage = 50;

/**
 * The entries of the journal, the newest first, older than the one named (a UUID). An entry that is not there ends
 * the list: entries go only with whole months, the oldest first, so that nothing older is left.
 */
export async function listEntries(
  ctx: Context,
  asked: JournalFilter & { readonly olderThan?: string | undefined },
): Promise<JournalPage> {
  const { operation, outcome, olderThan } = asked;
  const rows = await ctx.db
    .selectFrom("journal.entry as entry")
    .leftJoin("staff.member as member", "member.staff_id", "entry.staff_id")
    .select([
      "entry.entry_id as entryId",
      "entry.at",
      "entry.operation",
      "entry.purpose",
      "entry.clause",
      "entry.categories",
      "entry.actor",
      "member.name as staffName",
      "entry.outcome",
      "entry.reason",
    ])
    .$if(operation !== undefined, (query) => query.where("entry.operation", "=", operation ?? ""))
    .$if(outcome !== undefined, (query) => query.where("entry.outcome", "=", outcome ?? "done"))
    .$if(olderThan !== undefined, (query) => query.where((eb) => isOlderThan(eb, olderThan ?? "")))
    .orderBy("entry.at", "desc")
    .orderBy("entry.entry_id", "desc")
    .limit(entriesPerPage + 1)
    .execute();
  const entries = rows.slice(0, entriesPerPage);
  return { entries, olderThan: rows.length > entries.length ? entries.at(-1)?.entryId : undefined };
}

/** By time and then by id, which follow one another; the time alone is what the index `entry_at` narrows by. */
function isOlderThan(
  eb: ExpressionBuilder<Database & { entry: Database["journal.entry"] }, "entry">,
  olderThan: string,
) {
  const time = eb.selectFrom("journal.entry as mark").select("mark.at").where("mark.entry_id", "=", olderThan);
  return eb.and([
    eb("entry.at", "<=", time),
    eb(sql`(entry.at, entry.entry_id)`, "<", sql`(${time}, ${olderThan}::uuid)`),
  ]);
}
