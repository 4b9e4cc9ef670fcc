import type { LogReader } from "./log-reader.ts";
import { hashLength, nodeHash, rootOfFull } from "./merkle.ts";
import { readHashes } from "./read-tile.ts";
import { tileWidth } from "./tile-path.ts";

/**
 * The root over the entries from `start` to before `end`, out of the tiles of a tree of `size`, which are not checked.
 * The range has to be one that RFC 6962 divides the tree into. Each tile is read once.
 */
export function subtreeRoots(reader: LogReader, size: number): (start: number, end: number) => Promise<Buffer> {
  const tiles = new Map<string, Promise<Buffer>>();

  const readOnce = (level: number, index: number): Promise<Buffer> => {
    const key = `${level}/${index}`;
    const tile = tiles.get(key) ?? readHashes(reader, level, index, size);
    tiles.set(key, tile);
    return tile;
  };

  const rootOver = async (start: number, end: number): Promise<Buffer> => {
    const whole = largestPower(end - start);
    if (start + whole < end) {
      const [left, right] = await Promise.all([rootOver(start, start + whole), rootOver(start + whole, end)]);
      return nodeHash(left, right);
    }
    let [level, width] = [0, 1];
    while (width * tileWidth <= whole) [level, width] = [level + 1, width * tileWidth];
    const first = start / width;
    const tile = await readOnce(level, Math.floor(first / tileWidth));
    const at = (first % tileWidth) * hashLength;
    return rootOfFull(tile.subarray(at, at + (whole / width) * hashLength));
  };

  return rootOver;
}

/** The largest power of two up to a number from 1 up. */
function largestPower(number: number): number {
  let power = 1;
  while (power * 2 <= number) power *= 2;
  return power;
}
