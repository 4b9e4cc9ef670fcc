import { setTimeout as pause } from "node:timers/promises";

/**
 * Fast (ends transactions, writes a checkpoint), immediate (no checkpoint), and the last resort. Each is safe for
 * what was committed; the later ones only make the next start recover. PostgreSQL 18.4 was seen to wait for ever
 * when the first came in the middle of a recovery.
 */
const LADDER = [
  { signal: "SIGINT", patienceMs: 8_000 },
  { signal: "SIGQUIT", patienceMs: 6_000 },
  { signal: "SIGKILL", patienceMs: 5_000 },
] as const;
const LOOK_EVERY_MS = 10;

/**
 * Stops the postmaster `pid` and returns when `isGone` says so.
 *
 * @param isGone must recognise the process itself, not its number: a pid is reused
 */
export async function stopPostmaster(pid: number, isGone: () => boolean | Promise<boolean>): Promise<void> {
  for (const { signal, patienceMs } of LADDER) {
    if (await isGone()) return;
    if (!send(pid, signal)) return;
    for (let waited = 0; waited < patienceMs; waited += LOOK_EVERY_MS) {
      if (await isGone()) return;
      await pause(LOOK_EVERY_MS);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) did not end, not even when killed.`);
}

/** False when the process ended a moment ago. */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}
