import { emptyRoot, hashLength, nodeHash } from "./merkle.ts";
import type { LogReader } from "./log-reader.ts";
import { subtreeRoots } from "./subtree-roots.ts";

/**
 * The hashes that lead from the entry at `index` to the root of the tree of the first `size` entries, from below (RFC
 * 6962, 2.1.1). Throws LogBroken for a tile that is missing, and a RangeError for an entry that is not in the tree.
 */
export async function proveInclusion(reader: LogReader, size: number, index: number): Promise<readonly Buffer[]> {
  if (!isSize(size) || !isSize(index) || index >= size) throw new RangeError(`A log of ${size} has no entry ${index}.`);
  const rootOver = subtreeRoots(reader, size);
  const proof: Promise<Buffer>[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + split(end - start);
    const isLeft = index < middle;
    proof.unshift(isLeft ? rootOver(middle, end) : rootOver(start, middle));
    if (isLeft) end = middle;
    else start = middle;
  }
  return Promise.all(proof);
}

/**
 * The hashes that show that the tree of the first `newSize` entries goes on from that of the first `oldSize` (RFC 6962,
 * 2.1.2). Throws as `proveInclusion`.
 */
export async function proveConsistency(
  reader: LogReader,
  oldSize: number,
  newSize: number,
): Promise<readonly Buffer[]> {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) {
    throw new RangeError(`A log of ${oldSize} entries cannot have become one of ${newSize}.`);
  }
  if (oldSize === 0) return [];
  const rootOver = subtreeRoots(reader, newSize);
  const proof: Promise<Buffer>[] = [];
  let [start, end] = [0, newSize];
  while (oldSize < end) {
    const middle = start + split(end - start);
    const isLeft = oldSize <= middle;
    proof.unshift(isLeft ? rootOver(middle, end) : rootOver(start, middle));
    if (isLeft) end = middle;
    else start = middle;
  }
  // Where what is left is the whole old tree, whoever checks knows its root.
  if (start > 0) proof.unshift(rootOver(start, end));
  return Promise.all(proof);
}

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  /** The hash of the leaf. */
  readonly leaf: Buffer;
  readonly root: Buffer;
  readonly proof: readonly Buffer[];
}

/** Whether this leaf is at this index of the tree with this size and root (RFC 9162, 2.1.3.2). */
export function verifyInclusion({ index, size, leaf, root, proof }: InclusionClaim): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  // Where the node stands in its level, and where the last of that level.
  let [place, last] = [index, size - 1];
  let node = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      node = nodeHash(sibling, node);
      // The last of a level may have no sibling there, nor in those above.
      while (!isOdd(place) && place > 0) [place, last] = [half(place), half(last)];
    } else {
      node = nodeHash(node, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && node.equals(root);
}

export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Buffer;
  readonly newSize: number;
  readonly newRoot: Buffer;
  readonly proof: readonly Buffer[];
}

/** Whether the new tree begins with all of the old one, in order (RFC 9162, 2.1.4.2). */
export function verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof }: ConsistencyClaim): boolean {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return false;
  if (!areHashes([oldRoot, newRoot, ...proof])) return false;
  if (newSize === 0 && !newRoot.equals(emptyRoot)) return false;
  if (oldSize === newSize) return proof.length === 0 && oldRoot.equals(newRoot);
  if (oldSize === 0) return proof.length === 0 && oldRoot.equals(emptyRoot);
  let [place, last] = [oldSize - 1, newSize - 1];
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  // An old tree that is one full subtree is its own first hash.
  const [first, ...rest] = place === 0 ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [before, now] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      [before, now] = [nodeHash(sibling, before), nodeHash(sibling, now)];
      while (!isOdd(place) && place > 0) [place, last] = [half(place), half(last)];
    } else {
      now = nodeHash(now, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && before.equals(oldRoot) && now.equals(newRoot);
}

/** The largest power of two below a number from 2 up. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

// Not bits: those of JavaScript end at 2^31.
const isOdd = (number: number) => number % 2 === 1;
const half = (number: number) => Math.floor(number / 2);
const isSize = (number: number) => Number.isSafeInteger(number) && number >= 0;
const areHashes = (hashes: readonly Buffer[]) => hashes.every(({ length }) => length === hashLength);
