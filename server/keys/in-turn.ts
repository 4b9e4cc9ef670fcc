import { type Kysely, sql } from "kysely";
import { isLockTimeout } from "../database/database-error.ts";
import type { Database } from "../database/schema-types.ts";

/** Two rotations at once would be no harm to what is kept, but would open two epochs, or two versions. */
export class RotationUnderWay extends Error {
  readonly code = "rotation-under-way";
  constructor() {
    super("Another process rotates the keys of this database at this moment; see ubada keys status.");
  }
}

/** The number is arbitrary and ours. */
const lockNumber = 7_205_602;

/** Runs a rotation while no other runs on this database. Takes one connection for itself. @throws RotationUnderWay */
export function inTurn<T>(owner: Kysely<Database>, rotation: () => Promise<T>): Promise<T> {
  return owner.connection().execute(async (turn) => {
    await takeTurn(turn);
    try {
      return await rotation();
    } finally {
      await sql`select pg_advisory_unlock(${lockNumber})`.execute(turn);
    }
  });
}

/** Waits a little: the statement of a killed rotation may still be running. */
async function takeTurn(turn: Kysely<Database>): Promise<void> {
  await sql`set lock_timeout = '5s'`.execute(turn);
  try {
    await sql`select pg_advisory_lock(${lockNumber})`.execute(turn);
  } catch (error) {
    throw isLockTimeout(error) ? new RotationUnderWay() : error;
  } finally {
    await sql`reset lock_timeout`.execute(turn);
  }
}
