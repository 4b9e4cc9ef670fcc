// For the tests of this folder: a place to try things in, and a second Ubada that can be killed.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { DatabaseAddress } from "./address.ts";
import type { EmbeddedPostgresOptions } from "./embedded-postgres.ts";
import { readPidFile } from "./orphan-postmaster.ts";
import type { ServiceUser } from "./run-program.ts";
import { isRoot } from "./service-user.ts";

export interface Scene extends AsyncDisposable, EmbeddedPostgresOptions {
  readonly folder: string;
  readonly told: string[];
}

/** A folder that everybody may enter, and the options for a quick cluster in it. */
export async function makeScene(owner?: ServiceUser): Promise<Scene> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "ubada-scene-")));
  await chmod(folder, 0o755);
  if (owner) await chown(folder, owner.uid, owner.gid);
  const told: string[] = [];
  return {
    folder,
    told,
    directory: join(folder, "postgres"),
    secretsDirectory: join(folder, "secrets"),
    durable: false,
    tell: (line) => void told.push(line),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export async function query(
  address: DatabaseAddress,
  sql: string,
  values: unknown[] = [],
): Promise<unknown[]> {
  const client = new pg.Client(address);
  client.on("error", () => {}); // A server that is killed under a client is the point of some tests.
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, values);
    return rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

/** Ends a process when the test does, however the test does. */
export function killedAtTheEnd(child: ChildProcess): Disposable {
  return { [Symbol.dispose]: () => void child.kill("SIGKILL") };
}

export interface OtherUbada extends Disposable {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it prints from here on, line by line. */
  nextLine(): Promise<string>;
  /** kill -9 of that process alone, until it is gone. */
  kill(): Promise<void>;
}

/**
 * A second process that starts PostgreSQL on the scene, stores a row, prints "ready", and stays. At SIGINT it
 * stores one more, disposes of PostgreSQL, prints "stopped" and ends; at SIGUSR2 it ends without disposing.
 *
 * @param code the folder that its code is read from
 */
export function startOtherUbada(scene: Scene, as?: ServiceUser, code = import.meta.dirname): OtherUbada {
  const { directory, secretsDirectory, durable } = scene;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", OTHER_UBADA], {
    ...(as ? { uid: as.uid, gid: as.gid } : {}),
    cwd: "/",
    detached: true, // The leader of its own group, as at a terminal.
    env: {
      ...process.env,
      START: join(code, "embedded-postgres.ts"),
      PG: import.meta.resolve("pg"),
      OPTIONS: JSON.stringify({ directory, secretsDirectory, durable }),
      // What an operator may have set for other servers.
      PGDATA: "/nonexistent",
      PGPORT: "1",
      PGOPTIONS: "-c fsync=nonsense",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.pid === undefined) throw new Error("Node did not start");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    pid: child.pid,
    nextLine: async () => {
      const next = await lines.next();
      return next.done ? "" : next.value;
    },
    kill: async () => {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}

const OTHER_UBADA = `
  const { startEmbeddedPostgres } = await import(process.env.START);
  const { default: pg } = await import(process.env.PG);
  delete process.env.PGOPTIONS; // It was set for the server; this client would obey it too.
  const database = await startEmbeddedPostgres({ ...JSON.parse(process.env.OPTIONS), tell() {} });
  const write = async (what) => {
    const client = new pg.Client(database.address);
    await client.connect();
    await client.query("CREATE TABLE IF NOT EXISTS promise (what text)");
    await client.query("INSERT INTO promise VALUES ($1)", [what]);
    await client.end();
  };
  await write("promise of " + process.pid);
  const alive = setInterval(() => {}, 1000);
  process.once("SIGUSR2", () => process.exit(7));
  process.once("SIGINT", async () => {
    await write("last promise of " + process.pid);
    await database[Symbol.asyncDispose]();
    clearInterval(alive);
    console.log("stopped");
  });
  console.log("ready");
`;

/** What the other Ubada has stored. */
export async function promisesOf(other: OtherUbada, address: DatabaseAddress): Promise<unknown[]> {
  const sql = "SELECT what FROM promise WHERE what LIKE $1 ORDER BY 1 DESC";
  return query(address, sql, [`%promise of ${other.pid}`]);
}

/** The process id of the postmaster that runs on this cluster. */
export async function postmasterOf(clusterFolder: string): Promise<number> {
  const found = await readPidFile(join(clusterFolder, "cluster"));
  if (!found) throw new Error("no postmaster runs there");
  return found.pid;
}

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(5);
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The reason to skip a test that only root on Linux can do; false when it can be done. */
export const needsRoot: string | false =
  isRoot() && process.platform === "linux" ? false : "only root on Linux can do this";
