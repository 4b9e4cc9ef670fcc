import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseCheckpoint } from "../../ledger/checkpoint.ts";
import type { LogReader } from "../../ledger/log-reader.ts";
import { type TileName, tilePath, tileWidth } from "../../ledger/tile-path.ts";

/**
 * Brings the folder of plain files up to the ledger: what anybody may copy, serve or keep. The checkpoint is written last,
 * so that it never promises a tile that is not there; after a crash the next call writes what is missing. Files are
 * durable on return. `folder`: made if missing.
 */
export async function publishLedger(reader: LogReader, folder: string): Promise<void> {
  const note = await reader.read("checkpoint");
  const published = await readKept(folder, "checkpoint");
  if (note === undefined || published?.equals(note)) return;
  const oldSize = published === undefined ? 0 : sizeOf(published);
  for (const tile of tilesBetween(oldSize, sizeOf(note))) {
    const content = await reader.read(tilePath(tile));
    if (content === undefined) throw new TileMissing(tilePath(tile));
    await writeDurably(join(folder, tilePath(tile)), content);
    if (tile.width === tileWidth) await rm(join(folder, `${tilePath(tile)}.p`), { recursive: true, force: true });
  }
  await writeDurably(join(folder, "checkpoint"), note);
}

/**
 * Keeps the last signed checkpoint beside the published one, which may wait for witnesses: so that a start sees also
 * whether what came after that is still there. Durable on return.
 */
export async function keepSigned(reader: LogReader, folder: string): Promise<void> {
  const note = await reader.read("checkpoint");
  if (note === undefined || (await readKept(folder, "signed-checkpoint"))?.equals(note)) return;
  await writeDurably(join(folder, "signed-checkpoint"), note);
}

/** The database lost a part of the ledger that its own checkpoint counts. */
export class TileMissing extends Error {
  readonly code = "tile-missing";
  constructor(path: string) {
    super(`The ledger's ${path} is missing in the database; run: npx ubada ledger verify`);
  }
}

/** A checkpoint as it was written last: the published one, or the last signed where they differ. Undefined if there is none. */
export async function readKept(folder: string, name: "checkpoint" | "signed-checkpoint"): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Of a signed checkpoint, whoever signed it. */
function sizeOf(note: Buffer): number {
  const text = note.toString("utf8");
  return parseCheckpoint(text.slice(0, text.indexOf("\n\n") + 1)).size;
}

/** Every tile and bundle that a tree of the new size has and one of the old size had not, or not so wide. */
export function tilesBetween(oldSize: number, newSize: number): readonly TileName[] {
  const tiles: TileName[] = [];
  for (let level = 0, from = oldSize, to = newSize; to > from; level++) {
    for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index++) {
      const width = Math.min(tileWidth, to - index * tileWidth);
      tiles.push({ level, index, width });
      if (level === 0) tiles.push({ level: "entries", index, width });
    }
    from = Math.floor(from / tileWidth);
    to = Math.floor(to / tileWidth);
  }
  return tiles;
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.draft`;
  const file = await open(draft, "w", 0o644);
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
