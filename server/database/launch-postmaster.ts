import { spawn } from "node:child_process";
import { type FileHandle, open, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ClusterPlace } from "./cluster-place.ts";
import { settingArguments } from "./cluster-settings.ts";
import { DatabaseUnusable, explainProgramOutput } from "./database-unusable.ts";
import { readPidFile } from "./orphan-postmaster.ts";
import { Postmaster } from "./postmaster.ts";
import { spawnAs } from "./run-program.ts";

const LOOK_EVERY_MS = 10;
const RECOVERY_IS_WORTH_A_LINE_AFTER_MS = 3_000;
const LOG_IS_SET_ASIDE_ABOVE_BYTES = 10_000_000;
/** Backends of a killed postmaster notice its death at their next wait; a long query may take a while. */
const WAIT_FOR_OLD_BACKENDS = { times: 50, everyMs: 200 } as const;

/**
 * Starts PostgreSQL and returns when it takes connections, crash recovery included, however long that takes.
 *
 * @throws DatabaseUnusable "database-start-failed", "database-in-use", "disk-full", "folder-unwritable"
 */
export async function launchPostmaster(
  place: ClusterPlace,
  postgres: string,
  settings: Readonly<Record<string, string>>,
  tell: (line: string) => void,
): Promise<Postmaster> {
  const logFile = join(place.folder, "postgres.log");
  for (let attempt = 1; ; attempt += 1) {
    await using failure = new AsyncDisposableStack();
    const log = failure.use(await openLog(logFile));
    const { size } = await log.stat();
    const child = spawn(postgres, ["-D", place.cluster, ...settingArguments(settings)], {
      ...spawnAs(place.runAs),
      // A session of its own: Ctrl-C goes to the whole foreground group, and we still need the database then.
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    const postmaster = failure.use(new Postmaster(child));
    if (await isReady(postmaster, place.cluster, tell)) {
      failure.move();
      await log.close();
      postmaster.tellIfLost(() => tell(`PostgreSQL has stopped unexpectedly; ${logFile} says why.`));
      return postmaster;
    }
    const said = await lastWords(log, size);
    if (!said.includes("shared memory block")) throw explainFailure(said, postmaster.error, place, logFile);
    if (attempt >= WAIT_FOR_OLD_BACKENDS.times) throw inUse(place);
    await pause(WAIT_FOR_OLD_BACKENDS.everyMs);
  }
}

/** Waits for the word "ready" in the server's pid file; false when it has ended before. */
async function isReady(
  postmaster: Postmaster,
  cluster: string,
  tell: (line: string) => void,
): Promise<boolean> {
  const line = "PostgreSQL is putting its data in order after an unclean stop; this can take some minutes.";
  const slow = setTimeout(() => tell(line), RECOVERY_IS_WORTH_A_LINE_AFTER_MS);
  try {
    while (!postmaster.hasEnded) {
      const written = await readPidFile(cluster);
      if (written?.pid === postmaster.pid && written?.state === "ready") return true;
      await pause(LOOK_EVERY_MS);
    }
    return false;
  } finally {
    clearTimeout(slow);
  }
}

async function openLog(file: string): Promise<FileHandle> {
  const size = await stat(file).then((found) => found.size, () => 0);
  if (size > LOG_IS_SET_ASIDE_ABOVE_BYTES) await rename(file, `${file}.old`);
  return open(file, "a+", 0o600);
}

async function lastWords(log: FileHandle, from: number): Promise<string> {
  const { size } = await log.stat();
  const written = Buffer.alloc(Math.max(size - from, 1));
  const { bytesRead } = await log.read({ buffer: written, position: from });
  const lines = written.toString("utf8", 0, bytesRead).split("\n").filter((line) => line !== "");
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? "";
}

function explainFailure(
  said: string,
  cause: Error | undefined,
  place: ClusterPlace,
  log: string,
): DatabaseUnusable {
  const known = explainProgramOutput(said, place.folder);
  if (known) return known;
  const why = said.replace(/^.*?(FATAL|PANIC): +/, "") || cause?.message || "it said nothing";
  const sentence = `PostgreSQL did not start in ${place.folder} (${why}): see ${log} for what came before.`;
  return new DatabaseUnusable("database-start-failed", sentence, { cause });
}

function inUse(place: ClusterPlace): DatabaseUnusable {
  return new DatabaseUnusable(
    "database-in-use",
    `Processes of an earlier PostgreSQL still use the database in ${place.folder}: ` +
      `wait until they end, or end them.`,
  );
}
