import { decodeBundle } from "./entry-bundle.ts";
import { LogBroken } from "./log-broken.ts";
import type { LogReader } from "./log-reader.ts";
import { hashLength } from "./merkle.ts";
import { tilePath, tileWidth } from "./tile-path.ts";

/** The tile at this place as a tree of this size has it: 1 to 256 hashes of 32 bytes, not checked. Throws LogBroken. */
export async function readHashes(reader: LogReader, level: number, index: number, size: number): Promise<Buffer> {
  const width = widthAt(Math.floor(size / tileWidth ** level), index);
  const { path, bytes, width: found } = await readFile(reader, level, index, width);
  requireCount(path, "hashes", bytes.length / hashLength, found);
  return bytes.subarray(0, width * hashLength);
}

/** The entries from `index` × 256 on, as many as a log of this size has of them, not checked. Throws LogBroken. */
export async function readEntries(reader: LogReader, index: number, size: number): Promise<readonly Buffer[]> {
  const width = widthAt(size, index);
  const { path, bytes, width: found } = await readFile(reader, "entries", index, width);
  const entries = decode(path, bytes);
  requireCount(path, "entries", entries.length, found);
  return entries.slice(0, width);
}

/** How wide the tile at this index is when its level has `count` hashes. */
function widthAt(count: number, index: number): number {
  return Math.min(tileWidth, count - index * tileWidth);
}

/** A log may drop a partial tile once it is full (C2SP tlog-tiles), so the full one does as well. */
async function readFile(reader: LogReader, level: number | "entries", index: number, width: number) {
  for (const candidate of new Set([width, tileWidth])) {
    const path = tilePath({ level, index, width: candidate });
    const bytes = await reader.read(path);
    if (bytes !== undefined) return { path, bytes, width: candidate };
  }
  throw new LogBroken("tile-missing", `${tilePath({ level, index, width })} is missing.`);
}

function decode(path: string, bundle: Buffer): readonly Buffer[] {
  try {
    return decodeBundle(bundle);
  } catch (cause) {
    if (cause instanceof LogBroken) throw new LogBroken(cause.code, `${path} is broken. ${cause.message}`, { cause });
    throw cause;
  }
}

function requireCount(path: string, what: string, count: number, wanted: number): void {
  if (count === wanted) return;
  throw new LogBroken(count < wanted ? "tile-truncated" : "malformed", `${path} has ${count} ${what}, not ${wanted}.`);
}
