import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";

/**
 * Stops every purpose at once (17): from the commit of the caller's transaction the gate refuses. Returns whether
 * the subject was active. The row lock makes a use that is under way finish first, and every later one fail.
 */
export async function stopSubject(tx: Kysely<Database>, subject: string, now: Temporal.Instant): Promise<boolean> {
  const stopped = await tx
    .updateTable("vault.subject")
    .set({ state: "stopped", changed_at: now })
    .where("subject_id", "=", subject)
    .where("state", "=", "active")
    .executeTakeFirst();
  return stopped.numUpdatedRows > 0n;
}
