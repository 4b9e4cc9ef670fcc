// A lock between processes, made of one file. Its holder touches it every second; a lock whose holder is gone
// (killed, or the machine went down) is taken over.
import { mkdirSync, readFileSync, rmSync, rmdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { kill, pid } from "node:process";
import { setTimeout as wait } from "node:timers/promises";

const abandonedAfter = 30_000;

/**
 * Waits until this process holds the lock file `path`; `waiting` is called once if another one holds it.
 *
 * @param {string} path
 * @param {() => void} waiting
 * @returns {Promise<{ release(): void }>}
 */
export async function holdLock(path, waiting) {
  const mine = `${pid} ${hostname()} ${process.hrtime.bigint()}`;
  for (let said = false; ; ) {
    if (create(path, mine)) {
      // Two may have found the same abandoned lock and removed it one after the other: the last one to write
      // wins.
      await wait(50);
      if (read(path) === mine) return hold(path, mine);
    }
    if (isAbandoned(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!said) waiting();
    said = true;
    await wait(300);
  }
}

function hold(path, mine) {
  const beat = setInterval(() => {
    const now = new Date();
    if (read(path) === mine) utimesSync(path, now, now);
  }, 1000);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      if (read(path) === mine) rmSync(path, { force: true });
      removeIfEmpty(dirname(path));
    },
  };
}

function create(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    // ENOENT: the folder went away as another set-up ended; the caller tries again.
    if (error.code === "EEXIST" || error.code === "ENOENT") return false;
    throw error;
  }
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAbandoned(path) {
  const content = read(path);
  if (content === undefined) return false;
  const [holder, host] = content.split(" ");
  if (host === hostname() && Number(holder) > 0 && !isAlive(Number(holder))) return true;
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
  return Date.now() - touched > abandonedAfter;
}

function isAlive(process) {
  try {
    return kill(process, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

function removeIfEmpty(folder) {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "ENOENT") throw error;
  }
}
