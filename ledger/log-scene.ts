import { encodeBundle } from "./entry-bundle.ts";
import { checkpointText } from "./checkpoint.ts";
import { emptyEdge, extendTree, rootOf } from "./growing-tree.ts";
import type { LogReader } from "./log-reader.ts";
import { hashLength, leafHash } from "./merkle.ts";
import { createNoteSigner, type NoteSigner, parseVerifierKey } from "./signed-note.ts";
import { tilePath, tileWidth } from "./tile-path.ts";

export const exampleSigner: NoteSigner = createNoteSigner("example.org/log", Buffer.alloc(32, 7));
export const exampleVerifier = parseVerifierKey(exampleSigner.verifierKey);

/** Entries that differ from each other. */
export function someEntries(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, at) => Buffer.from(`entry ${at}`));
}

/** All files of a log of these entries, under their paths. */
export function buildLog(entries: readonly Buffer[], signer: NoteSigner = exampleSigner): Map<string, Buffer> {
  const { edge, tiles } = extendTree(emptyEdge, entries.map(leafHash));
  const files = new Map<string, Buffer>();
  for (const { level, index, hashes } of tiles) {
    files.set(tilePath({ level, index, width: hashes.length / hashLength }), hashes);
  }
  for (let index = 0; index * tileWidth < entries.length; index++) {
    const bundle = entries.slice(index * tileWidth, (index + 1) * tileWidth);
    files.set(tilePath({ level: "entries", index, width: bundle.length }), encodeBundle(bundle));
  }
  const text = checkpointText({ origin: signer.name, size: edge.size, root: rootOf(edge) });
  return files.set("checkpoint", Buffer.from(signer.sign(text)));
}

export function checkpointOf(files: ReadonlyMap<string, Buffer>): string {
  return files.get("checkpoint")?.toString() ?? "";
}

export function readerOf(files: ReadonlyMap<string, Buffer>): LogReader {
  return { read: async (path) => files.get(path) };
}

/** The same bytes but for one bit. */
export function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return flipped;
}
