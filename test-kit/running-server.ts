import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { connect, type Connection } from "../server/database/connect.ts";
import { readConnectionNote } from "../server/database/connection-note.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Ubada as an operator runs it: a process of its own, on data of its own, with its own PostgreSQL. */
export interface RunningServer extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  readonly intakePort: number;
  readonly dataDirectory: string;
  /** Where the database's files and its log really lie. */
  databaseDirectory(): Promise<string>;
  /** Everything it has written to the terminal and the log, over all starts. */
  output(): string;
  /** The one-time link for the first administrator, as printed last. */
  invitation(): string;
  /** The database as its superuser, who sees every table; to be closed before the server stops. */
  openDatabase(): Promise<Connection>;
  /** The process of PostgreSQL that all its others belong to. */
  postmasterPid(): Promise<number>;
  /** Ends the server and PostgreSQL as a power cut would. */
  killEverything(): Promise<void>;
  /** Starts it again on the same data and ports. */
  startAgain(): Promise<void>;
  /** Asks it to end, and says how it did. */
  stop(signal?: "SIGINT" | "SIGTERM"): Promise<Ended>;
}

type Settings = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** `environment`: further settings, such as SMTP_URL. Resolves once it serves. */
export async function startServer(environment: Settings = {}): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "ubada-server-"));
  // PostgreSQL's own user must be able to reach its folder, when the tests run as root.
  await chmod(folder, 0o711);
  const dataDirectory = join(folder, "data");
  const port = await freePort();
  const intakePort = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const ports = { PORT: String(port), INTAKE_PORT: String(intakePort) };
  let written = "";
  let child: ChildProcess | undefined;

  const launch = async () => {
    const settings = { ...ports, UBADA_DATA: dataDirectory, ...environment };
    const before = written.length;
    child = launchServer(settings, (text) => (written += text));
    await waitUntilServing(child, () => written.slice(before));
  };
  const databaseDirectory = async () => {
    const asked = join(dataDirectory, "postgres");
    const note = join(asked, "LOCATION");
    return existsSync(note) ? (await readFile(note, "utf8")).trim() : asked;
  };
  const postmasterPid = async () => {
    const file = await readFile(join(await databaseDirectory(), "cluster", "postmaster.pid"), "utf8");
    return Number(file.split("\n")[0]);
  };
  const stop = async (signal: "SIGINT" | "SIGTERM" = "SIGTERM"): Promise<Ended> => {
    if (!child) return { code: null, signal: null };
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, "close");
      child.kill(signal);
      await closed;
    }
    return { code: child.exitCode, signal: child.signalCode };
  };
  const removeEverything = async () => {
    await rm(await databaseDirectory(), { recursive: true, force: true });
    // A killed PostgreSQL leaves the folder of its socket behind, for the next start.
    const socket = readConnectionNote(dataDirectory)?.host ?? "";
    if (/\/ubada-[^/]+$/.test(socket)) await rm(socket, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await launch();
  } catch (error) {
    await stop();
    await removeEverything();
    throw error;
  }
  return {
    origin,
    port,
    intakePort,
    dataDirectory,
    databaseDirectory,
    postmasterPid,
    output: () => written,
    invitation: () => written.match(/http\S+\/console\/invitation\/\S+/g)?.at(-1) ?? "",
    openDatabase: () => openDatabase(dataDirectory),
    async killEverything() {
      const postmaster = await postmasterPid();
      const closed = child && once(child, "close");
      child?.kill("SIGKILL");
      process.kill(postmaster, "SIGKILL");
      await closed;
    },
    startAgain: launch,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await removeEverything();
    },
  };
}

/** Starts a server that is expected to end by itself, and returns what it said; fails after a minute. */
export async function runToItsEnd(environment: Settings): Promise<Ended & { readonly output: string }> {
  let output = "";
  const child = launchServer(environment, (text) => (output += text));
  const timer = setTimeout(() => child.kill("SIGTERM"), 60_000);
  await once(child, "close");
  clearTimeout(timer);
  return { code: child.exitCode, signal: child.signalCode, output };
}

function launchServer(environment: Settings, write: (text: string) => void): ChildProcess {
  const [loader, main] = [join(root, "server/web/jsx-loader.mjs"), join(root, "server/cli/main.ts")];
  const args = ["--import", loader, main, "start"];
  const { PATH = "", HOME = "", TMPDIR = "/tmp" } = process.env;
  const child = spawn(process.execPath, args, {
    env: { PATH, HOME, TMPDIR, POSTS_PER_MINUTE: "100000", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", write);
  return child;
}

async function openDatabase(dataDirectory: string): Promise<Connection> {
  const note = readConnectionNote(dataDirectory);
  if (!note) throw new Error("the server has never run on this folder");
  const password = (await readFile(join(dataDirectory, "secrets", "postgres-superuser"), "utf8")).trim();
  return connect({ ...note, user: "postgres", password }, { name: "test", max: 2 });
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** It says so last of all, after the invitation. */
async function waitUntilServing(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!output().includes("Ctrl-C stops it.")) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${output()}`);
    if (performance.now() > deadline) throw new Error(`the server did not serve within a minute: ${output()}`);
    await pause(20);
  }
}
