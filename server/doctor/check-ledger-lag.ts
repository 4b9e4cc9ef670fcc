import { type Kysely, sql } from "kysely";
import type { Database } from "../database/schema-types.ts";
import type { Finding } from "./finding.ts";

/** A running server takes entries in every second; what waits longer than this waits for somebody to look. */
const patience = { minutes: 5 };

/** Whether the journal's entries get into the ledger: one that waits is evidence that does not exist yet. */
export async function checkLedgerLag(db: Kysely<Database>, now: Temporal.Instant): Promise<Finding> {
  const checkpoint = await db
    .selectFrom("ledger.checkpoint")
    .select(["size", "read_up_to", "read_up_to_entry"])
    .executeTakeFirst();
  const { read_up_to: transaction, read_up_to_entry: entry } = checkpoint ?? {
    read_up_to: "0",
    read_up_to_entry: "00000000-0000-0000-0000-000000000000",
  };
  const { rows } = await sql<{ at: Temporal.Instant }>`
    select at from ledger.new_entries(${transaction}, ${entry}, 1)`.execute(db);
  const [oldest] = rows;
  if (oldest !== undefined && Temporal.Instant.compare(oldest.at, now.subtract(patience)) < 0) {
    return {
      level: "bad",
      sentence: `Journal entries since ${oldest.at.toString()} are not in the ledger; look for «ledger» in the server's log.`,
    };
  }
  return { level: "good", sentence: `The ledger holds ${checkpoint?.size ?? 0} entries, and none waits.` };
}
