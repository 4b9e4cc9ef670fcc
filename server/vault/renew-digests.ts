import { type Kysely, sql } from "kysely";
import { columnOf } from "../database/columns.ts";
import { isDeadlock } from "../database/database-error.ts";
import type { Database } from "../database/schema-types.ts";
import type { BlindIndex } from "./blind-index.ts";
import { digestTables } from "./lookup-versions.ts";

type DigestTable = (typeof digestTables)[number]["table"];

const mostAtOnce = 5_000;

/**
 * Turns every digest of an earlier version into one of the newest, batch by batch in the order of subjects, each batch in
 * one statement: a row is of one version or the other at any moment. Reads no personal data, and needs none. May be killed
 * and run again: it takes what is left. A row that is deleted meanwhile stays deleted. Runs as the owner. `tell`: how many
 * are done so far. Returns how many there were.
 */
export async function renewDigests(
  owner: Kysely<Database>,
  index: BlindIndex,
  tell: (done: number) => void,
): Promise<number> {
  let renewed = 0;
  for (const { table } of digestTables) {
    let after: Place = start;
    for (;;) {
      const rows = await readBatch(owner, table, index.version, after);
      const last = rows.at(-1);
      if (!last) break;
      renewed += await storeBatch(owner, table, index, rows);
      tell(renewed);
      after = last;
    }
  }
  return renewed;
}

interface Place {
  readonly subject_id: string;
  readonly digest: Buffer;
}

interface DigestRow extends Place {
  readonly key_version: number;
}

/** Before every row. */
const start: Place = { subject_id: "00000000-0000-0000-0000-000000000000", digest: Buffer.alloc(0) };

async function readBatch(
  owner: Kysely<Database>,
  table: DigestTable,
  newest: number,
  after: Place,
): Promise<readonly DigestRow[]> {
  const { rows } = await sql<DigestRow>`
    select subject_id, digest, key_version from ${sql.table(table)}
    where key_version < ${newest} and (subject_id, digest) > (${after.subject_id}, ${after.digest})
    order by subject_id, digest limit ${mostAtOnce}`.execute(owner);
  return rows;
}

/**
 * The bounds let PostgreSQL join a piece of the index rather than the whole table. An erasure may have two rows of somebody
 * in the other order; PostgreSQL then ends one of the two, and this is done again.
 */
async function storeBatch(
  owner: Kysely<Database>,
  table: DigestTable,
  index: BlindIndex,
  rows: readonly DigestRow[],
): Promise<number> {
  const subjects = columnOf("uuid", rows.map((row) => row.subject_id));
  const before = columnOf("bytea", rows.map((row) => row.digest));
  const renewed = columnOf("bytea", rows.map((row) => index.renew(row.digest, row.key_version)));
  const [first, last] = [rows[0]?.subject_id, rows.at(-1)?.subject_id];
  const statement = sql`
    update ${sql.table(table)} d set digest = row.renewed, key_version = ${index.version}
    from unnest(${subjects}::uuid[], ${before}::bytea[], ${renewed}::bytea[]) as row (subject_id, digest, renewed)
    where d.subject_id = row.subject_id and d.digest = row.digest and d.subject_id between ${first} and ${last}`;
  for (;;) {
    try {
      return Number((await statement.execute(owner)).numAffectedRows ?? 0n);
    } catch (error) {
      if (!isDeadlock(error)) throw error;
    }
  }
}
