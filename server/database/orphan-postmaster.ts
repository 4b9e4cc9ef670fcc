import { readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { runProgram } from "./run-program.ts";
import { stopPostmaster } from "./stop-postmaster.ts";

const PID_FILE = "postmaster.pid";

/**
 * Stops a postmaster that outlived the Ubada that started it, and removes its pid file. The caller holds the
 * lock of the cluster, so no living Ubada owns that postmaster.
 *
 * The pid alone proves nothing: after a reboot or in a container it may be anybody's. Only a process that
 * was started as `postgres -D <cluster>` is touched. If one was missed, PostgreSQL itself refuses to start,
 * since the shared memory it keeps per data directory is still attached.
 */
export async function stopOrphanPostmaster(cluster: string, tell: (line: string) => void): Promise<void> {
  const pid = (await readPidFile(cluster))?.pid;
  if (pid === undefined) return;
  if (await isPostmasterOf(pid, cluster)) {
    tell("PostgreSQL of an earlier start is still running; stopping it first.");
    await stopPostmaster(pid, async () => !(await isPostmasterOf(pid, cluster)));
  }
  await rm(join(cluster, PID_FILE), { force: true });
}

/** The pid and the state ("starting", "ready", "stopping" …) that the postmaster writes there. */
export async function readPidFile(cluster: string): Promise<{ pid: number; state: string } | undefined> {
  let text: string;
  try {
    text = await readFile(join(cluster, PID_FILE), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const lines = text.split("\n");
  // A server run for one user only ("--single") writes its pid with a minus.
  const pid = Math.abs(Number.parseInt(lines[0] ?? "", 10));
  const state = (lines[7] ?? "").trim();
  return Number.isSafeInteger(pid) ? { pid, state } : { pid: 0, state };
}

async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  const [program, ...args] = await commandLine(pid);
  return basename(program ?? "") === "postgres" && args[0] === "-D" && args[1] === cluster;
}

/** Empty for a process that has ended, also for one that nobody has reaped. */
async function commandLine(pid: number): Promise<string[]> {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""); // No such process.
    return text.split("\0");
  }
  const run = await runProgram("ps", ["-ww", "-o", "command=", "-p", String(pid)]);
  if (run.kind === "not-started") throw run.error;
  return splitAroundCluster(run.output.trim());
}

/** `ps` joins arguments with blanks, which a path may hold: we start `<path>/postgres -D <cluster> -c …`. */
function splitAroundCluster(line: string): string[] {
  const parts = /^(.*\/postgres) (-D) (.*?)(?: -c .*)?$/.exec(line);
  return parts ? parts.slice(1) : [line];
}
