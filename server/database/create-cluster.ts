import { chown, mkdtemp, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { ClusterPlace } from "./cluster-place.ts";
import { INITIAL_SETTINGS, settingArguments } from "./cluster-settings.ts";
import { DatabaseUnusable, explainProgramOutput } from "./database-unusable.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { runProgram } from "./run-program.ts";

const HALF_MADE = "initialising-";

/**
 * Makes an empty cluster: in a folder beside its place, moved there whole, so that one cut off half-way is
 * never taken for a cluster. The caller holds the lock of the place.
 *
 * @throws DatabaseUnusable "database-init-failed", "disk-full", "folder-unwritable"
 */
export async function createCluster(
  place: ClusterPlace,
  binaries: PostgresBinaries,
  options: { readonly superuser: string; readonly password: string; readonly durable: boolean },
): Promise<void> {
  await removeHalfMade(place.folder);
  const half = await mkdtemp(join(place.folder, HALF_MADE));
  const passwordFile = join(half, "password");
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  if (place.runAs) {
    for (const path of [passwordFile, half]) await chown(path, place.runAs.uid, place.runAs.gid);
  }
  const made = join(half, "cluster");
  const run = await runProgram(
    binaries.initdb,
    [
      `--pgdata=${made}`,
      `--username=${options.superuser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
      "--no-instructions",
      ...(options.durable ? [] : ["--no-sync"]),
      ...settingArguments(INITIAL_SETTINGS),
    ],
    place.runAs,
  );
  if (run.kind === "not-started") throw failed(place, run.error.message, run.error);
  if (!run.succeeded) {
    await rm(half, { recursive: true, force: true });
    throw explainProgramOutput(run.output, place.folder) ?? failed(place, lastError(run.output));
  }
  await rename(made, place.cluster);
  await syncFolder(place.folder);
  await rm(half, { recursive: true, force: true });
}

/** A killed start may have left its own initdb at work, which ends when its files go: hence the retries. */
async function removeHalfMade(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(HALF_MADE)) continue;
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 8, retryDelay: 50 });
  }
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, "r");
  await handle.sync();
}

function failed(place: ClusterPlace, reason: string, cause?: Error): DatabaseUnusable {
  return new DatabaseUnusable(
    "database-init-failed",
    `PostgreSQL could not make a database in ${place.folder} (${reason})${namelessUser()}.`,
    { cause },
  );
}

/** initdb looks up its user's name; a container started with a bare number as its user has none. */
function namelessUser(): string {
  try {
    userInfo();
    return "";
  } catch {
    return ": the user running Ubada has no name on this system, add it to /etc/passwd or set DATABASE_URL";
  }
}

function lastError(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.findLast((line) => /error:|FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? "it printed nothing";
}
