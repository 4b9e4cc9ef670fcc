import type { Kysely } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import type { Database } from "../database/schema-types.ts";

/** Work to be done after the caller's transaction commits. Names rows, never people: no job holds personal data. */
export interface Jobs {
  readonly "deliver-letter": { readonly subject: string; readonly letter: string };
  /** Goes on with the erasure of this subject that is under way; does nothing where there is none. */
  readonly erase: { readonly subject: string };
}

export const jobNames = ["deliver-letter", "erase"] as const satisfies readonly (keyof Jobs)[];

/**
 * Adds jobs in the caller's transaction: they exist if and only if that commits. A job may run twice (after a
 * crash), so what it does must be repeatable; the worker retries with growing pauses.
 */
export interface Queue {
  add<Name extends keyof Jobs>(tx: Kysely<Database>, name: Name, ...jobs: readonly Jobs[Name][]): Promise<void>;
}

export function createQueue(boss: PgBoss): Queue {
  return {
    async add(tx, name, ...jobs) {
      await boss.insert(name, jobs.map((data) => ({ data })), { db: fromKysely(tx) });
    },
  };
}
