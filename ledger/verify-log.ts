import type { Checkpoint } from "./checkpoint.ts";
import type { Cosignature } from "./cosignature.ts";
import { type ChangedTile, emptyEdge, extendTree, rootOf, type TreeEdge } from "./growing-tree.ts";
import { LogBroken } from "./log-broken.ts";
import type { LogReader } from "./log-reader.ts";
import { hashLength, leafHash } from "./merkle.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { readAhead } from "./read-ahead.ts";
import { readEntries, readHashes } from "./read-tile.ts";
import { requireWitnesses, type WitnessRule } from "./require-witnesses.ts";
import { type NoteVerifier, noteOfBytes } from "./signed-note.ts";
import { tilePath, tileWidth } from "./tile-path.ts";

export interface VerifyOptions {
  /** An older signed checkpoint that somebody kept: the log has to go on from it. */
  readonly previous?: string | undefined;
  /** Who else has to have signed the checkpoint. */
  readonly witnesses?: WitnessRule | undefined;
  /** Called after each bundle: how many entries of how many. */
  readonly onProgress?: ((checked: number, total: number) => void) | undefined;
}

/**
 * Builds the whole tree anew from the entries and compares it with everything that is published: each tile of each
 * level, the signed root, the witnesses' word, and the older checkpoint. Throws LogBroken at the first flaw, or what the reader throws.
 * Holds some megabytes however long the log is.
 */
export async function verifyLog(
  reader: LogReader,
  verifier: NoteVerifier,
  options: VerifyOptions = {},
): Promise<{ readonly checkpoint: Checkpoint; readonly cosignatures: readonly Cosignature[] }> {
  const bytes = await reader.read("checkpoint");
  if (bytes === undefined) throw new LogBroken("checkpoint-missing", "There is no file «checkpoint», so this is no log; its address mostly ends in /ledger.");
  const note = noteOfBytes(bytes);
  const checkpoint = openCheckpoint(note, verifier);
  const cosignatures = options.witnesses === undefined ? [] : requireWitnesses(note, options.witnesses);
  const previous = options.previous === undefined ? undefined : openPrevious(options.previous, verifier);
  requireGrown(previous, checkpoint);

  const { size } = checkpoint;
  let edge = emptyEdge;
  requirePrevious(previous, edge);
  for await (const { index, entries, hashes } of readBundles(reader, size)) {
    const leaves = entries.map(leafHash);
    requireLeaves(leaves, hashes, index, size);
    if (isWithin(previous, edge.size, leaves.length)) {
      requirePrevious(previous, extendTree(edge, leaves.slice(0, previous.size - edge.size)).edge);
    }
    const grown = extendTree(edge, leaves);
    edge = grown.edge;
    for (const tile of grown.tiles) if (isFinal(tile, size)) await requireTile(reader, tile, size);
    options.onProgress?.(edge.size, size);
  }
  if (!rootOf(edge).equals(checkpoint.root)) {
    throw new LogBroken("root-wrong", `The root that the checkpoint signs is not that of the ${size} entries.`);
  }
  return { checkpoint, cosignatures };
}

function readBundles(reader: LogReader, size: number) {
  return readAhead(Math.ceil(size / tileWidth), async (index) => {
    const [entries, hashes] = await Promise.all([readEntries(reader, index, size), readHashes(reader, 0, index, size)]);
    return { index, entries, hashes };
  });
}

function requireLeaves(leaves: readonly Buffer[], hashes: Buffer, index: number, size: number): void {
  const wrong = leaves.findIndex((leaf, at) => !leaf.equals(hashes.subarray(at * hashLength, (at + 1) * hashLength)));
  if (wrong === -1) return;
  const width = Math.min(tileWidth, size - index * tileWidth);
  const [bundle, tile] = [tilePath({ level: "entries", index, width }), tilePath({ level: 0, index, width })];
  const place = `Entry ${index * tileWidth + wrong} (number ${wrong} in ${bundle}, counted from 0)`;
  throw new LogBroken("entry-wrong", `${place} does not have the hash that ${tile} gives: one of the two was changed.`);
}

/** Level 0 was compared before. A tile above it changes with each bundle, and is published as it was in the end. */
function isFinal({ level, index, hashes }: ChangedTile, size: number): boolean {
  const count = Math.floor(size / tileWidth ** level) - index * tileWidth;
  return level > 0 && hashes.length === Math.min(tileWidth, count) * hashLength;
}

async function requireTile(reader: LogReader, { level, index, hashes }: ChangedTile, size: number): Promise<void> {
  const found = await readHashes(reader, level, index, size);
  if (found.equals(hashes)) return;
  const path = tilePath({ level, index, width: hashes.length / hashLength });
  throw new LogBroken("tile-wrong", `${path} is not what follows from the level below.`);
}

function openPrevious(note: string, verifier: NoteVerifier): Checkpoint {
  try {
    return openCheckpoint(note, verifier);
  } catch (cause) {
    if (!(cause instanceof LogBroken)) throw cause;
    throw new LogBroken(cause.code, `The earlier checkpoint cannot be used. ${cause.message}`, { cause });
  }
}

function requireGrown(previous: Checkpoint | undefined, { size }: Checkpoint): void {
  if (previous === undefined || previous.size <= size) return;
  throw new LogBroken("shrunk", `The log had ${previous.size} entries at the earlier checkpoint, and now has ${size}.`);
}

/** Whether the earlier checkpoint ends within what is about to be appended, its end included. */
function isWithin(previous: Checkpoint | undefined, size: number, added: number): previous is Checkpoint {
  return previous !== undefined && previous.size > size && previous.size <= size + added;
}

function requirePrevious(previous: Checkpoint | undefined, edge: TreeEdge): void {
  if (previous?.size !== edge.size || rootOf(edge).equals(previous.root)) return;
  const message = `The first ${edge.size} entries are not those of the earlier checkpoint: there are two logs.`;
  throw new LogBroken("forked", message);
}
