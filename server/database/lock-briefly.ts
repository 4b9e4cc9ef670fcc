import { type Kysely, sql, type Transaction } from "kysely";
import { isLockTimeout } from "./database-error.ts";
import type { Database } from "./schema-types.ts";

/**
 * Runs work that needs tables for itself for a moment, in a transaction of its own: waits at most a fifth of a second at a
 * time, lest everybody waits behind it. Returns whether it was done; nothing was if not.
 */
export async function lockBriefly(
  owner: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<void>,
  attempts = 100,
): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      await owner.transaction().execute(async (tx) => {
        await sql`set local lock_timeout = '200ms'`.execute(tx);
        await work(tx);
      });
      return true;
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
    }
  }
  return false;
}
