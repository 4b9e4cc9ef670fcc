import { emptyRoot, hashLength, nodeHash, rootOfFull } from "./merkle.ts";
import { tileWidth } from "./tile-path.ts";

/**
 * The right edge of a tree: how many leaves, and of each level from 0 up the hashes of its last tile that is not full
 * (0 to 255 of 32 bytes, one behind the other). It is all that is needed to extend the tree.
 */
export interface TreeEdge {
  readonly size: number;
  readonly tiles: readonly Buffer[];
}

/** A tile with its whole content, 1 to 256 hashes of 32 bytes. */
export interface ChangedTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Buffer;
}

export const emptyEdge: TreeEdge = { size: 0, tiles: [] };

const tileLength = tileWidth * hashLength;
const nothing = Buffer.alloc(0);

/**
 * Appends leaves. `tiles` are those that were added to, each once with its final content, by level and index. Takes
 * time in proportion to the new leaves, not to the tree. Throws a RangeError when the edge is not one of a tree of its
 * size.
 */
export function extendTree(
  edge: TreeEdge,
  leafHashes: readonly Buffer[],
): { readonly edge: TreeEdge; readonly tiles: readonly ChangedTile[] } {
  requireEdge(edge);
  if (leafHashes.some((leaf) => leaf.length !== hashLength)) throw new RangeError("A leaf hash has 32 bytes.");
  const open = [...edge.tiles];
  const tiles: ChangedTile[] = [];
  let added = leafHashes;
  for (let level = 0; added.length > 0; level++) {
    const hashes = Buffer.concat([open[level] ?? nothing, ...added]);
    const first = Math.floor(edge.size / tileWidth ** (level + 1));
    const changed = cut(hashes).map((tile, at) => ({ level, index: first + at, hashes: tile }));
    tiles.push(...changed);
    open[level] = Buffer.from(hashes.subarray(hashes.length - (hashes.length % tileLength)));
    // A tile that is full is one hash of the level above.
    added = changed.filter((tile) => tile.hashes.length === tileLength).map((tile) => rootOfFull(tile.hashes));
  }
  return { edge: { size: edge.size + leafHashes.length, tiles: open }, tiles };
}

/** The root of the whole tree (RFC 6962, 2.1): full subtrees joined from the right, the smallest first. */
export function rootOf(edge: TreeEdge): Buffer {
  requireEdge(edge);
  let root: Buffer | undefined;
  for (const hashes of edge.tiles) {
    let end = hashes.length;
    for (let length = hashLength; end > 0; length *= 2) {
      if (end % (2 * length) === 0) continue;
      const subtree = rootOfFull(hashes.subarray(end - length, end));
      root = root === undefined ? subtree : nodeHash(subtree, root);
      end -= length;
    }
  }
  return root ?? emptyRoot;
}

function cut(hashes: Buffer): readonly Buffer[] {
  const count = Math.ceil(hashes.length / tileLength);
  return Array.from({ length: count }, (_, at) => hashes.subarray(at * tileLength, (at + 1) * tileLength));
}

function requireEdge({ size, tiles }: TreeEdge): void {
  const levels = Math.max(tiles.length, size === 0 ? 0 : Math.floor(Math.log2(size) / 8) + 1);
  for (let level = 0; level < levels; level++) {
    const width = Math.floor(size / tileWidth ** level) % tileWidth;
    const found = (tiles[level]?.length ?? 0) / hashLength;
    if (found === width) continue;
    throw new RangeError(`The last tile of level ${level} of a tree of ${size} has ${width} hashes, not ${found}.`);
  }
}
