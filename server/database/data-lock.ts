import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describeFolder, explainSystemError } from "./database-unusable.ts";

const SQLITE_BUSY = 5;
const SQLITE_NO_FILE = new Set([8 /* read-only */, 14 /* cannot open */]);

/** Another process works on this data now. */
export class DataLocked extends Error {
  override readonly name = "DataLocked";
  readonly code = "data-in-use";
  readonly directory: string;
  readonly pid: number | undefined;

  constructor(directory: string, pid: number | undefined) {
    const who = pid === undefined ? "another process" : `process ${pid}`;
    super(`The data in ${directory} is in use by ${who}: stop that first, or start with another UBADA_DATA.`);
    this.directory = directory;
    this.pid = pid;
  }
}

export interface DataLock extends Disposable {
  readonly directory: string;
}

/**
 * Takes an existing folder for this process alone, until disposed of or until the process ends, however it
 * ends.
 *
 * Node has no flock; SQLite's exclusive transaction is an fcntl lock, which the kernel drops with the
 * process, so that no pid has to be guessed at (a pid is reused, and means nothing in another container).
 * The lock is also dropped when this same process opens and closes the file `lock` by other means.
 *
 * @throws DataLocked ("data-in-use"), DatabaseUnusable ("folder-unwritable", "disk-full")
 */
export function lockData(directory: string): DataLock {
  const file = join(directory, "lock");
  const holder = join(directory, "lock-holder");
  const lock = acquire(file, directory, holder);
  try {
    writeFileSync(holder, `${process.pid}\n`, { mode: 0o644 });
  } catch (error) {
    lock.close();
    throw explainSystemError(error, directory);
  }
  return {
    directory,
    [Symbol.dispose]() {
      if (!lock.isOpen) return;
      rmSync(holder, { force: true });
      lock.close();
    },
  };
}

function acquire(file: string, directory: string, holder: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock?.close();
    const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
    if (code === SQLITE_BUSY) throw new DataLocked(directory, pidIn(holder));
    if (typeof code === "number" && SQLITE_NO_FILE.has(code)) {
      throw describeFolder("folder-unwritable", directory, error);
    }
    throw error;
  }
}

function pidIn(holder: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(holder, "utf8"), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined; // The pid only makes the sentence more helpful; the lock is refused in any case.
  }
}
