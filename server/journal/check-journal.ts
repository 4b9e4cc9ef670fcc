import type { Kysely } from "kysely";
import { decodeBundle } from "../../ledger/entry-bundle.ts";
import { tileWidth } from "../../ledger/tile-path.ts";
import type { Database } from "../database/schema-types.ts";
import { type EntryRow, entryColumns, leafOfEntry } from "./leaf-of-entry.ts";

/** A journal entry that is not what the ledger says it was. */
export interface JournalFlaw {
  readonly kind: "missing" | "changed";
  /** Its place in the ledger, from 0. */
  readonly position: number;
  readonly entryId: string;
}

const bundlesAtOnce = 16;

/**
 * Compares every entry with its leaf, in the order of the ledger: one that was deleted, changed or put in another's place is
 * named. Reads what is published; that this is itself whole is for `verifyLog` to say. Memory does not grow with the
 * journal. `onProgress`: after every few thousand entries.
 */
export async function checkJournal(
  db: Kysely<Database>,
  onProgress: (checked: number) => void = () => {},
): Promise<readonly JournalFlaw[]> {
  const flaws: JournalFlaw[] = [];
  for (let bundle = 0; ; bundle += bundlesAtOnce) {
    const leaves = await readLeaves(db, bundle);
    if (leaves.length === 0) return flaws;
    const rows = await readRows(db, bundle * tileWidth);
    for (const [at, leaf] of leaves.entries()) {
      const position = bundle * tileWidth + at;
      const row = rows.get(position);
      if (row === undefined) throw new LeafLost(position);
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
  const rows = await db
    .selectFrom("ledger.leaf as leaf")
    .leftJoin("journal.entry as entry", "entry.entry_id", "leaf.entry_id")
    .select(["leaf.position", "leaf.entry_id as leaf_entry_id", "leaf.opening", ...entryColumns])
    .where("leaf.position", ">=", String(from))
    .where("leaf.position", "<", String(from + bundlesAtOnce * tileWidth))
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
