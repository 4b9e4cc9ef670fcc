import { type Kysely, sql } from "kysely";
import type { Database } from "../database/schema-types.ts";

/**
 * Makes the journal's tables for this month and the next three where they are missing, by the database's
 * clock. Cheap when there is nothing to make; several servers at once are harmless. Rejects with 55P03 where it would have
 * to wait for somebody who reads the whole journal: an entry without a month is kept all the same, but never pruned.
 */
export async function makeMonths(db: Kysely<Database>): Promise<void> {
  await sql`select journal.make_months()`.execute(db);
}
