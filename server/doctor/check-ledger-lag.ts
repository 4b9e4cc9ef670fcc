import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";
import { readLag } from "../journal/sequence-entries.ts";
import type { Finding } from "./finding.ts";

/** A running server takes entries in every second; what waits longer than this waits for somebody to look. */
const patience = { minutes: 5 };

/** Whether the journal's entries get into the ledger: one that waits is evidence that does not exist yet. */
export async function checkLedgerLag(db: Kysely<Database>, now: Temporal.Instant): Promise<Finding> {
  const { size, waitingSince } = await readLag(db);
  if (waitingSince !== undefined && Temporal.Instant.compare(waitingSince, now.subtract(patience)) < 0) {
    return {
      level: "bad",
      sentence: `Journal entries since ${waitingSince.toString()} are not in the ledger; look for «ledger» in the server's log.`,
    };
  }
  return { level: "good", sentence: `The ledger holds ${size} entries, and none waits.` };
}
