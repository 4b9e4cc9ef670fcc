import type { Kysely } from "kysely";
import { decodeBundle, encodeBundle } from "../../ledger/entry-bundle.ts";
import type { LogReader } from "../../ledger/log-reader.ts";
import { parseTilePath } from "../../ledger/tile-path.ts";
import type { Database } from "../database/schema-types.ts";

const hashLength = 32;

/**
 * The ledger as it lies in the database, under the names by which it is published: `checkpoint`, `tile/0/000.p/5`,
 * `tile/entries/000`. A part of a tile is the beginning of what has become of it since.
 */
export function ledgerReader(db: Kysely<Database>): LogReader {
  return {
    read: async (path) => {
      if (path === "checkpoint") return readCheckpoint(db);
      const tile = parseTilePath(path);
      if (tile === undefined) return undefined;
      const { level, index, width } = tile;
      return level === "entries" ? readBundle(db, index, width) : readTile(db, level, index, width);
    },
  };
}

/** The same as everybody is shown it: `checkpoint` may be an older one, that witnesses have cosigned. */
export function publishedReader(db: Kysely<Database>): LogReader {
  const { read } = ledgerReader(db);
  return { read: (path) => (path === "checkpoint" ? readPublished(db) : read(path)) };
}

async function readPublished(db: Kysely<Database>): Promise<Buffer | undefined> {
  const row = await db.selectFrom("ledger.published").select("note").executeTakeFirst();
  return row === undefined ? undefined : Buffer.from(row.note);
}

/** The last signed note, or undefined before the first. */
async function readCheckpoint(db: Kysely<Database>): Promise<Buffer | undefined> {
  const row = await db.selectFrom("ledger.checkpoint").select("note").executeTakeFirst();
  return row === undefined ? undefined : Buffer.from(row.note);
}

async function readTile(db: Kysely<Database>, level: number, index: number, width: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("ledger.tile")
    .select("hashes")
    .where("level", "=", level)
    .where("position", "=", String(index))
    .executeTakeFirst();
  const length = width * hashLength;
  return row === undefined || row.hashes.length < length ? undefined : row.hashes.subarray(0, length);
}

async function readBundle(db: Kysely<Database>, index: number, width: number): Promise<Buffer | undefined> {
  const row = await db.selectFrom("ledger.bundle").select("entries").where("position", "=", String(index)).executeTakeFirst();
  const entries = row === undefined ? [] : decodeBundle(row.entries);
  return entries.length < width ? undefined : encodeBundle(entries.slice(0, width));
}
