import type { Kysely } from "kysely";
import { decodeBundle } from "../../ledger/entry-bundle.ts";
import { tileWidth } from "../../ledger/tile-path.ts";
import type { Database } from "../database/schema-types.ts";
import { type EntryRow, entryColumns, leafOfEntry } from "./leaf-of-entry.ts";
import { mayBePruned, type PruneLimit, readPruneLimit } from "./pruned-entries.ts";

/** A journal entry that is not what the ledger says it was. */
export interface JournalFlaw {
  readonly kind: "missing" | "changed";
  /** Its place in the ledger, from 0. */
  readonly position: number;
  readonly entryId: string;
}

export interface JournalCheck {
  readonly flaws: readonly JournalFlaw[];
  /** Undefined where nothing was pruned. */
  readonly pruned: PrunedEntries | undefined;
}

/** Entries that the retention let go, and for how many months those were kept that went last. */
export interface PrunedEntries {
  readonly entries: number;
  readonly months: number;
}

const bundlesAtOnce = 16;

/**
 * Compares every entry with its leaf, in the order of the ledger: one that was deleted, changed or put in another's place is
 * named. One that is gone counts as pruned only where the ledger itself says that its month may go by `now`. Reads what is
 * published; that this is itself whole is for `verifyLog` to say. Memory does not grow with the journal. `onProgress`: after
 * every few thousand entries.
 */
export async function checkJournal(
  db: Kysely<Database>,
  now: Temporal.Instant,
  onProgress: (checked: number) => void = () => {},
): Promise<JournalCheck> {
  const flaws: JournalFlaw[] = [];
  let limit: PruneLimit | undefined;
  let pruned = 0;
  for (let bundle = 0; ; bundle += bundlesAtOnce) {
    const leaves = await readLeaves(db, bundle);
    if (leaves.length === 0) return { flaws, pruned: limit && { entries: pruned, months: limit.months } };
    const rows = await readRows(db, bundle * tileWidth);
    // Read anew, after the rows that are missing: a prune may run meanwhile.
    if (leaves.some((_, at) => !rows.has(bundle * tileWidth + at))) limit = await readPruneLimit(db, now);
    for (const [at, leaf] of leaves.entries()) {
      const position = bundle * tileWidth + at;
      const row = rows.get(position);
      if (row === undefined) {
        if (!mayBePruned(leaf, limit)) throw new LeafLost(position);
        pruned += 1;
        continue;
      }
      const kind = compare(row, leaf);
      if (kind !== undefined) flaws.push({ kind, position, entryId: row.leaf_entry_id });
    }
    onProgress(bundle * tileWidth + leaves.length);
  }
}

/** A leaf whose row in `ledger.leaf` is gone, so that nobody can say which entry it was. */
export class LeafLost extends Error {
  readonly code = "leaf-missing";
  constructor(position: number) {
    super(`The ledger holds an entry at ${position}, but the database has lost which one it was (ledger.leaf).`);
  }
}

async function readLeaves(db: Kysely<Database>, bundle: number): Promise<readonly Buffer[]> {
  const bundles = await db
    .selectFrom("ledger.bundle")
    .select("entries")
    .where("position", ">=", String(bundle))
    .where("position", "<", String(bundle + bundlesAtOnce))
    .orderBy("position")
    .execute();
  return bundles.flatMap(({ entries }) => decodeBundle(entries));
}

/** Where each leaf came from; the columns of an entry that is gone are null. */
type LeafRow = { readonly leaf_entry_id: string; readonly opening: Buffer } & {
  readonly [Column in keyof EntryRow]: EntryRow[Column] | null;
};

async function readRows(db: Kysely<Database>, from: number): Promise<ReadonlyMap<number, LeafRow>> {
  const leaves = db
    .selectFrom("ledger.leaf as leaf")
    .where("leaf.position", ">=", String(from))
    .where("leaf.position", "<", String(from + bundlesAtOnce * tileWidth));
  // Between its first id and its last: PostgreSQL then looks into one month or two, rather than read all.
  const ids = (await leaves.select("leaf.entry_id").orderBy("leaf.entry_id").execute()).map((leaf) => leaf.entry_id);
  const [first, last] = [ids.at(0), ids.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const rows = await leaves
    .leftJoin("journal.entry as entry", (join) =>
      join
        .onRef("entry.entry_id", "=", "leaf.entry_id")
        .on("entry.entry_id", ">=", first)
        .on("entry.entry_id", "<=", last),
    )
    .select(["leaf.position", "leaf.entry_id as leaf_entry_id", "leaf.opening", ...entryColumns])
    .execute();
  return new Map(rows.map((row) => [Number(row.position), row]));
}

function compare(row: LeafRow, leaf: Buffer): JournalFlaw["kind"] | undefined {
  if (!isWhole(row)) return "missing";
  return leafOfEntry(row, row.opening).equals(leaf) ? undefined : "changed";
}

function isWhole(row: LeafRow): row is LeafRow & EntryRow {
  return row.entry_id !== null;
}
