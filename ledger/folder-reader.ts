import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mostBytes, tooLong } from "./file-limits.ts";
import { LogBroken } from "./log-broken.ts";
import { type LogReader, LogUnreadable } from "./log-reader.ts";

/** A log that lies in a folder, as its files are named: `checkpoint`, `tile/0/000`, and so on. */
export function folderReader(folder: string): LogReader {
  return {
    read: async (path) => {
      const most = mostBytes(path);
      return most === undefined ? undefined : readWithin(join(folder, path), path, most);
    },
  };
}

/** Waits for each file, because for thousands of small ones that takes less time than not to wait (measured). */
function readWithin(file: string, path: string, most: number): Buffer | undefined {
  let opened: number | undefined;
  try {
    opened = openSync(file, "r");
    if (fstatSync(opened).size > most) throw new LogBroken("malformed", tooLong(path, most));
    return readFileSync(opened);
  } catch (cause) {
    if (cause instanceof LogBroken) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new LogUnreadable(`${path} cannot be read (${code}); see whether you may read it.`, { cause });
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
