import { type Kysely, sql } from "kysely";
import { columnOf } from "../database/columns.ts";
import type { Database } from "../database/schema-types.ts";
import type { KeyEncryptionKeys } from "./key-encryption-keys.ts";
import { type RandomBytes, SealBroken } from "./seal.ts";

export interface Rewrapped {
  readonly rewrapped: number;
  /** Keys that do not open under their epoch's key: altered or damaged. They stay as they are. */
  readonly broken: number;
}

/** So many at once cost PostgreSQL least for each; a kill loses at most the work of two batches. */
const mostAtOnce = 5_000;

/**
 * Wraps every key of an earlier epoch under the current one, batch by batch in the order of subjects, each batch in one
 * statement: a key is under one epoch or the other at any moment. May be killed and run again, and side by side: it takes
 * what is left. A key that is destroyed meanwhile stays destroyed. Runs as the owner, over two connections: while
 * PostgreSQL stores a batch, the next is read and wrapped. `tell`: how many are done so far.
 */
export async function rewrapKeys(
  owner: Kysely<Database>,
  keys: KeyEncryptionKeys,
  randomBytes: RandomBytes,
  tell: (done: number) => void,
): Promise<Rewrapped> {
  let [rewrapped, broken] = [0, 0];
  let storing = Promise.resolve();
  const store = async (rows: readonly KeyRow[]): Promise<void> => {
    rewrapped += await storeBatch(owner, keys.current, rows);
    tell(rewrapped);
  };
  let rows = await readBatch(owner, keys.current, noSubject);
  while (rows.length > 0) {
    const again = rows.flatMap((row) => wrapAgain(keys, row, randomBytes));
    broken += rows.length - again.length;
    await storing;
    storing = store(again);
    storing.catch(() => {}); // It is waited for, and thrown, after the next read.
    rows = await readBatch(owner, keys.current, rows.at(-1)?.subject_id ?? noSubject);
  }
  await storing;
  return { rewrapped, broken };
}

/** Before every subject. */
const noSubject = "00000000-0000-0000-0000-000000000000";

interface KeyRow {
  readonly subject_id: string;
  readonly kek_epoch: number;
  readonly wrapped_key: Buffer;
}

function readBatch(owner: Kysely<Database>, current: number, after: string): Promise<readonly KeyRow[]> {
  return owner
    .selectFrom("vault.subject_key")
    .select(["subject_id", "kek_epoch", "wrapped_key"])
    .where("kek_epoch", "<", current)
    .where("subject_id", ">", after)
    .orderBy("subject_id")
    .limit(mostAtOnce)
    .execute();
}

/** No row where the key does not open. */
function wrapAgain(keys: KeyEncryptionKeys, row: KeyRow, randomBytes: RandomBytes): readonly KeyRow[] {
  try {
    const key = keys.unwrap(row.subject_id, { epoch: row.kek_epoch, wrapped: row.wrapped_key });
    const { wrapped } = keys.wrap(row.subject_id, key, randomBytes);
    key.fill(0);
    return [{ ...row, wrapped_key: wrapped }];
  } catch (error) {
    if (error instanceof SealBroken) return [];
    throw error;
  }
}

/**
 * `kek_epoch`: the epoch that each was read under; one that is no longer under it is left alone. The bounds let PostgreSQL
 * join a piece of the index rather than the whole table.
 */
async function storeBatch(owner: Kysely<Database>, current: number, rows: readonly KeyRow[]): Promise<number> {
  const [first, last] = [rows[0]?.subject_id ?? noSubject, rows.at(-1)?.subject_id ?? noSubject];
  const column = (type: "uuid" | "integer" | "bytea", name: keyof KeyRow) => columnOf(type, rows.map((row) => row[name]));
  const { numAffectedRows } = await sql`
    update vault.subject_key k set kek_epoch = ${current}, wrapped_key = row.wrapped_key
    from unnest(
      ${column("uuid", "subject_id")}::uuid[], ${column("integer", "kek_epoch")}::integer[],
      ${column("bytea", "wrapped_key")}::bytea[]) as row (subject_id, kek_epoch, wrapped_key)
    where k.subject_id = row.subject_id and k.kek_epoch = row.kek_epoch
      and k.subject_id between ${first} and ${last}`.execute(owner);
  return Number(numAffectedRows ?? 0n);
}
