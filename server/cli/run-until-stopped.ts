import { once } from "node:events";
import type { Config } from "../config/read-config.ts";
import type { Context } from "../context.ts";
import { start, type Surroundings } from "../start.ts";
import type { CommandOutput } from "./command.ts";

/** Serves until the operator stops it (Ctrl-C, SIGTERM) or the database is lost; returns the exit code. */
export async function runUntilStopped(
  config: Config,
  io: CommandOutput,
  time: Pick<Surroundings, "now" | "demoClock"> & { readonly whenServing?: (ctx: Context) => Promise<void> },
): Promise<number> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

  const log = (line: string) => process.stderr.write(`${line}\n`);
  await using running = await start(config, { ...time, idClock: Date.now, tell: io.out, log });
  await time.whenServing?.(running.ctx);
  io.out(`Ubada answers at ${running.origin}`);
  io.out(`Letters come in on ${config.intake.host}:${config.intake.port} (${config.intake.protocol.toUpperCase()})`);
  if (config.smtpUrl === undefined) io.out("No SMTP_URL is set: letters wait in the console to be passed on by hand.");
  if (running.firstInvitation !== undefined) {
    io.out(`The first administrator comes in by this link, once: ${running.firstInvitation}`);
  }
  io.out("Ctrl-C stops it.");

  if (stop.signal.aborted) return 0;
  const lost = await Promise.race([once(stop.signal, "abort").then(() => false), running.lost.then(() => true)]);
  io.out(lost ? "The database has stopped; start Ubada again." : "Stopping…");
  return lost ? 1 : 0;
}
