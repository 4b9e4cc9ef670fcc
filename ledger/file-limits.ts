import { longestEntry } from "./entry-bundle.ts";
import { hashLength } from "./merkle.ts";
import { parseTilePath } from "./tile-path.ts";

/** 100 signatures, even those of keys that quantum computers do not break (5 kB each). */
const longestCheckpoint = 512 * 1024;

/** How many bytes the file of this path can have at most, or undefined when no log has such a file. */
export function mostBytes(path: string): number | undefined {
  if (path === "checkpoint") return longestCheckpoint;
  const tile = parseTilePath(path);
  return tile && tile.width * (tile.level === "entries" ? 2 + longestEntry : hashLength);
}

/** How a reader says that a file has more. */
export function tooLong(path: string, most: number): string {
  return `${path} has more than the ${most} bytes that it can have at most.`;
}
