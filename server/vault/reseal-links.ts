import { type Kysely, sql } from "kysely";
import { columnOf } from "../database/columns.ts";
import type { Database } from "../database/schema-types.ts";
import { openLink, type SealedLink, sealLink } from "./entry-link.ts";
import type { KeyEncryptionKeys } from "./key-encryption-keys.ts";
import { type RandomBytes, SealBroken } from "./seal.ts";

export interface Resealed {
  readonly resealed: number;
  /** Links that do not open under their epoch's key: altered or damaged. They stay as they are. */
  readonly broken: number;
}

const mostAtOnce = 5_000;

/**
 * Seals every link of an earlier epoch under the current one, batch by batch, each in one statement. May be killed and run
 * again, and side by side: it takes what is left, and a link that is deleted meanwhile stays deleted. Costs an index look-up
 * when nothing is left. `tell`: how many are done so far.
 */
export async function resealLinks(
  db: Kysely<Database>,
  keys: KeyEncryptionKeys,
  randomBytes: RandomBytes,
  tell: (done: number) => void = () => {},
): Promise<Resealed> {
  let [resealed, broken] = [0, 0];
  let after: Place = start;
  for (let rows = await readBatch(db, keys.current, after); rows.length > 0; rows = await readBatch(db, keys.current, after)) {
    const again = rows.flatMap((row) => sealAgain(keys, row, randomBytes));
    broken += rows.length - again.length;
    resealed += await storeBatch(db, again);
    tell(resealed);
    after = rows.at(-1) ?? start;
  }
  return { resealed, broken };
}

interface LinkRow extends SealedLink {
  readonly subject_id: string;
}

type Place = Pick<LinkRow, "subject_id" | "sealed">;

/** Before every link. */
const start: Place = { subject_id: "00000000-0000-0000-0000-000000000000", sealed: Buffer.alloc(0) };

async function readBatch(db: Kysely<Database>, current: number, after: Place): Promise<readonly LinkRow[]> {
  const left = await db.selectFrom("journal.about").select("kek_epoch").where("kek_epoch", "<", current).limit(1).execute();
  if (left.length === 0) return [];
  const { rows } = await sql<LinkRow>`
    select subject_id, kek_epoch, sealed from journal.about
    where kek_epoch < ${current} and (subject_id, sealed) > (${after.subject_id}, ${after.sealed})
    order by subject_id, sealed limit ${mostAtOnce}`.execute(db);
  return rows;
}

/** No row where the link does not open. */
function sealAgain(keys: KeyEncryptionKeys, row: LinkRow, randomBytes: RandomBytes): readonly Replacement[] {
  try {
    const link = openLink(keys, row.subject_id, row);
    return [{ ...row, again: sealLink(keys, row.subject_id, link, randomBytes) }];
  } catch (error) {
    if (error instanceof SealBroken) return [];
    throw error;
  }
}

interface Replacement extends LinkRow {
  readonly again: SealedLink;
}

/** The bounds let PostgreSQL join a piece of the index rather than the whole table. */
async function storeBatch(db: Kysely<Database>, rows: readonly Replacement[]): Promise<number> {
  const [first, last] = [rows[0]?.subject_id ?? start.subject_id, rows.at(-1)?.subject_id ?? start.subject_id];
  const subjects = columnOf("uuid", rows.map((row) => row.subject_id));
  const before = columnOf("bytea", rows.map((row) => row.sealed));
  const epochs = columnOf("integer", rows.map(({ again }) => again.kek_epoch));
  const after = columnOf("bytea", rows.map(({ again }) => again.sealed));
  const { numAffectedRows } = await sql`
    update journal.about a set kek_epoch = row.kek_epoch, sealed = row.again
    from unnest(${subjects}::uuid[], ${before}::bytea[], ${epochs}::integer[], ${after}::bytea[])
      as row (subject_id, sealed, kek_epoch, again)
    where a.subject_id = row.subject_id and a.sealed = row.sealed
      and a.subject_id between ${first} and ${last}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
