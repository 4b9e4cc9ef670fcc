import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Ubada as an operator runs it: a process of its own, on a data folder of its own, with its own PostgreSQL. */
export interface RunningServer extends AsyncDisposable {
  readonly origin: string;
  readonly intakePort: number;
  readonly dataDirectory: string;
  /** Where the database's files really lie. */
  databaseDirectory(): Promise<string>;
  /** Everything it has written to the terminal and the log, over all starts. */
  output(): string;
  /** The one-time link for the first administrator, as printed. */
  invitation(): string;
  /** Ends the server and PostgreSQL as a power cut would. */
  killEverything(): Promise<void>;
  /** Starts it again on the same data and ports. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

export async function startServer(environment: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "ubada-server-"));
  // PostgreSQL's own user must be able to reach its folder, when the tests run as root.
  await chmod(folder, 0o711);
  const dataDirectory = join(folder, "data");
  const port = await freePort();
  const intakePort = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let written = "";
  let child: ChildProcess | undefined;

  const launch = async () => {
    const args = ["--import", join(root, "server/web/jsx-loader.mjs"), join(root, "server/cli/main.ts"), "start"];
    const ports = { PORT: String(port), INTAKE_PORT: String(intakePort), UBADA_DATA: dataDirectory };
    const started = spawn(process.execPath, args, {
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], POSTS_PER_MINUTE: "100000", ...ports, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (written += String(chunk)));
    await waitUntilReady(origin, started, () => written);
  };
  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await closed;
  };
  const databaseDirectory = async () => {
    const folderThere = join(dataDirectory, "postgres");
    const note = join(folderThere, "LOCATION");
    return existsSync(note) ? (await readFile(note, "utf8")).trim() : folderThere;
  };

  await launch();
  return {
    origin,
    intakePort,
    dataDirectory,
    databaseDirectory,
    output: () => written,
    invitation: () => /http\S+\/console\/invitation\/\S+/.exec(written)?.[0] ?? "",
    async killEverything() {
      const pidFile = await readFile(join(await databaseDirectory(), "cluster", "postmaster.pid"), "utf8");
      const closed = child && once(child, "close");
      child?.kill("SIGKILL");
      process.kill(Number(pidFile.split("\n")[0]), "SIGKILL");
      await closed;
    },
    startAgain: launch,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(await databaseDirectory(), { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function waitUntilReady(origin: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${output()}`);
    const ready = await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) return;
    await pause(20);
  }
  throw new Error(`the server was not ready within a minute: ${output()}`);
}
