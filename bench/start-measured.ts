import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface Measured extends AsyncDisposable {
  readonly origin: string;
  readonly dataDirectory: string;
  /** From calling `npm start` to the whole front page. */
  readonly firstPageMs: number;
  /** Resident memory of the server's Node process after ten idle seconds, in MB. */
  idleMemory(): Promise<number>;
}

/** Runs `npm start` as an operator would, on data in `folder`, until the front page has come. */
export async function startMeasured(folder: string): Promise<Measured> {
  const port = await freePort();
  const dataDirectory = join(folder, "data");
  const started = performance.now();
  const npm = spawn("npm", ["start"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: {
      ...process.env,
      PORT: String(port),
      INTAKE_PORT: "0",
      UBADA_DATA: dataDirectory,
      POSTS_PER_MINUTE: "100000000",
    },
    stdio: "ignore",
    detached: true,
  });
  const origin = `http://127.0.0.1:${port}`;
  await waitForPage(`${origin}/ru/`);
  const firstPageMs = performance.now() - started;
  const pid = npm.pid;
  if (pid === undefined) throw new Error("npm did not start");
  let ended = false;
  return {
    origin,
    dataDirectory,
    firstPageMs,
    async idleMemory() {
      await pause(10_000);
      return residentMb(await findServer(pid));
    },
    async [Symbol.asyncDispose]() {
      if (ended) return;
      ended = true;
      const closed = once(npm, "close");
      process.kill(-pid, "SIGTERM");
      await closed;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function waitForPage(url: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const page = await fetch(url).then((answer) => (answer.ok ? answer.text() : undefined), () => undefined);
    if (page?.includes("</html>")) return;
    await pause(10);
  }
  throw new Error("the front page did not come within a minute");
}

/** The descendant of npm that runs the server itself. */
async function findServer(ancestor: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const descends = (pid: number): boolean => pid === ancestor || (parents.has(pid) && descends(parents.get(pid) ?? 0));
  for (const pid of parents.keys()) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes("server/cli/main.ts") && command.includes("--import") && descends(pid)) return pid;
  }
  throw new Error("the server's process was not found");
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
