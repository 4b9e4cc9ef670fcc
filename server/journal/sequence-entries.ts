import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { checkpointText } from "../../ledger/checkpoint.ts";
import { encodeBundle } from "../../ledger/entry-bundle.ts";
import { type ChangedTile, extendTree, rootOf, type TreeEdge } from "../../ledger/growing-tree.ts";
import { leafHash } from "../../ledger/merkle.ts";
import type { NoteSigner } from "../../ledger/signed-note.ts";
import { tileWidth } from "../../ledger/tile-path.ts";
import { columnOf } from "../database/columns.ts";
import type { Database } from "../database/schema-types.ts";
import { type EntryRow, leafOfEntry } from "./leaf-of-entry.ts";

export interface SequencerMeans {
  readonly db: Kysely<Database>;
  readonly signer: NoteSigner;
  readonly now: () => Temporal.Instant;
  readonly randomBytes: (size: number) => Buffer;
}

/** How many entries one transaction takes into the ledger: some seconds of work on a small machine, 10 MB of memory. */
const mostAtOnce = 10_000;

/**
 * Takes journal entries that are not yet in the ledger into it, in one transaction: leaves, tiles, a signed checkpoint.
 * Durable on return; twice at once is harmless, since the row of the checkpoint is locked. Returns how many there were;
 * when that is `most`, there may be more. Off the write path: entries are in the journal before.
 */
export async function sequenceEntries(means: SequencerMeans, most: number = mostAtOnce): Promise<number> {
  if (!(await hasNew(means.db))) return 0;
  return means.db.transaction().execute(async (tx) => {
    const { size, readUpTo, horizon } = await lockCheckpoint(means, tx);
    const entries = await readNew(tx, readUpTo, most);
    const chance = means.randomBytes(32 * entries.length);
    const openings = entries.map((_, at) => chance.subarray(32 * at, 32 * (at + 1)));
    const leaves = entries.map((entry, at) => leafOfEntry(entry, openings[at] ?? Buffer.alloc(0)));
    const { edge, tiles } = extendTree(await readEdge(tx, size), leaves.map(leafHash));
    if (entries.length > 0) {
      await storeLeaves(tx, size, entries, openings);
      await storeTiles(tx, tiles);
      await storeBundles(tx, size, leaves);
    }
    await storeCheckpoint(means, tx, edge, placeAfter(entries, most, horizon));
    return entries.length;
  });
}

/** Takes all that waits into the ledger. */
export async function sequenceAll(means: SequencerMeans): Promise<void> {
  while ((await sequenceEntries(means)) === mostAtOnce);
}

/** Where the next look begins: no later than any transaction that may still bring entries. */
function placeAfter(entries: readonly { written_by: string; entry_id: string }[], most: number, horizon: bigint): Place {
  const last = entries.length < most ? undefined : entries.at(-1);
  if (last === undefined || BigInt(last.written_by) >= horizon) return before(horizon);
  return { transaction: BigInt(last.written_by), entry: last.entry_id };
}

/** A look without a lock, so that an idle server writes nothing. The first checkpoint, of nothing, is signed too. */
async function hasNew(db: Kysely<Database>): Promise<boolean> {
  const checkpoint = await readCheckpoint(db);
  return checkpoint === undefined || (await readNew(db, checkpoint.readUpTo, 1)).length > 0;
}

/** How many entries the ledger holds, and since when the first that it does not hold has waited. */
export async function readLag(
  db: Kysely<Database>,
): Promise<{ readonly size: number; readonly waitingSince: Temporal.Instant | undefined }> {
  const { size, readUpTo } = (await readCheckpoint(db)) ?? { size: 0, readUpTo: before(0n) };
  const [oldest] = await readNew(db, readUpTo, 1);
  return { size, waitingSince: oldest?.at };
}

/** A place in the order in which entries are taken in: a transaction, and an entry of it. */
interface Place {
  readonly transaction: bigint;
  readonly entry: string;
}

/** Before every entry of a transaction. */
const before = (transaction: bigint): Place => ({ transaction, entry: "00000000-0000-0000-0000-000000000000" });

interface LastCheckpoint {
  readonly size: number;
  /** Every entry up to this one is in the ledger. */
  readonly readUpTo: Place;
  /** Every transaction before this one has ended, and is seen by the next statement. */
  readonly horizon: bigint;
}

/** `forUpdate`: nobody else extends the ledger until the transaction ends. */
async function readCheckpoint(db: Kysely<Database>, lock?: "forUpdate"): Promise<LastCheckpoint | undefined> {
  const row = await db
    .selectFrom("ledger.checkpoint")
    .select(["size", "read_up_to", "read_up_to_entry"])
    .select(sql<string>`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`.as("horizon"))
    .$if(lock !== undefined, (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const readUpTo = { transaction: BigInt(row.read_up_to), entry: row.read_up_to_entry };
  const horizon = BigInt(row.horizon);
  // A database moved to another server counts its transactions anew, from lower than before: then all entries are looked at.
  return { size: Number(row.size), readUpTo: horizon < readUpTo.transaction ? before(0n) : readUpTo, horizon };
}

async function lockCheckpoint(means: SequencerMeans, tx: Transaction<Database>): Promise<LastCheckpoint> {
  const first = { size: "0", note: "", signed_at: means.now(), ...columnsOf(before(0n)) };
  await tx.insertInto("ledger.checkpoint").values(first).onConflict((conflict) => conflict.doNothing()).execute();
  const checkpoint = await readCheckpoint(tx, "forUpdate");
  if (checkpoint === undefined) throw new Error("the row of the checkpoint is gone within its transaction");
  return checkpoint;
}

function columnsOf({ transaction, entry }: Place) {
  return { read_up_to: String(transaction), read_up_to_entry: entry };
}

async function readNew(db: Kysely<Database>, after: Place, most: number) {
  const { rows } = await sql<Selectable<Database["journal.entry"]>>`
    select * from ledger.new_entries(${String(after.transaction)}, ${after.entry}, ${most})`.execute(db);
  return rows;
}

/** The last tile of each level, where it is not full. */
async function readEdge(tx: Transaction<Database>, size: number): Promise<TreeEdge> {
  const tiles: Buffer[] = [];
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / tileWidth)) {
    const partial = width % tileWidth;
    tiles.push(partial === 0 ? Buffer.alloc(0) : await readTile(tx, level, Math.floor(width / tileWidth)));
  }
  return { size, tiles };
}

async function readTile(tx: Transaction<Database>, level: number, position: number): Promise<Buffer> {
  const { hashes } = await tx
    .selectFrom("ledger.tile")
    .select("hashes")
    .where("level", "=", level)
    .where("position", "=", String(position))
    .executeTakeFirstOrThrow();
  return hashes;
}

async function storeLeaves(
  tx: Transaction<Database>,
  size: number,
  entries: readonly EntryRow[],
  openings: readonly Buffer[],
): Promise<void> {
  const ids = columnOf("uuid", entries.map((entry) => entry.entry_id));
  await sql`insert into ledger.leaf (position, entry_id, opening)
    select ${size}::bigint + place - 1, entry_id, opening
      from unnest(${ids}::uuid[], ${columnOf("bytea", openings)}::bytea[]) with ordinality as leaf (entry_id, opening, place)
    `.execute(tx);
}

async function storeTiles(tx: Transaction<Database>, tiles: readonly ChangedTile[]): Promise<void> {
  const levels = columnOf("integer", tiles.map(({ level }) => level));
  const positions = columnOf("bigint", tiles.map(({ index }) => index));
  const hashes = columnOf("bytea", tiles.map((tile) => tile.hashes));
  await sql`insert into ledger.tile (level, position, hashes)
    select * from unnest(${levels}::integer[], ${positions}::bigint[], ${hashes}::bytea[])
    on conflict (level, position) do update set hashes = excluded.hashes`.execute(tx);
}

/** The first of them goes on where the last one ended. */
async function storeBundles(tx: Transaction<Database>, size: number, leaves: readonly Buffer[]): Promise<void> {
  const first = Math.floor(size / tileWidth);
  const room = tileWidth - (size % tileWidth);
  const parts = [leaves.slice(0, room)];
  for (let at = room; at < leaves.length; at += tileWidth) parts.push(leaves.slice(at, at + tileWidth));
  const positions = columnOf("bigint", parts.map((_, at) => first + at));
  const bundles = columnOf("bytea", parts.map(encodeBundle));
  await sql`insert into ledger.bundle as bundle (position, entries)
    select * from unnest(${positions}::bigint[], ${bundles}::bytea[])
    on conflict (position) do update set entries = bundle.entries || excluded.entries`.execute(tx);
}

async function storeCheckpoint(
  { signer, now }: SequencerMeans,
  tx: Transaction<Database>,
  edge: TreeEdge,
  readUpTo: Place,
): Promise<void> {
  const note = signer.sign(checkpointText({ origin: signer.name, size: edge.size, root: rootOf(edge) }));
  await tx
    .updateTable("ledger.checkpoint")
    .set({ size: String(edge.size), note, signed_at: now(), ...columnsOf(readUpTo) })
    .execute();
}
