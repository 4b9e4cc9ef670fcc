import { spawn } from "node:child_process";

/** A user of this machine that a program runs as; only root may choose one. */
export interface ServiceUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export type ProgramRun =
  | { readonly kind: "ended"; readonly succeeded: boolean; readonly output: string }
  | { readonly kind: "not-started"; readonly error: NodeJS.ErrnoException };

/** Nothing of the operator's environment (PG*, LD_*, LC_*) reaches PostgreSQL. */
export const MINIMAL_ENVIRONMENT = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
} as const;

/** What `spawn` needs to run as `user`, in a folder that everybody may enter. */
export function spawnAs(user: ServiceUser | undefined) {
  const who = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  return { ...who, cwd: "/", env: MINIMAL_ENVIRONMENT };
}

/** Runs a short program to its end and returns what it printed. */
export function runProgram(file: string, args: readonly string[], user?: ServiceUser): Promise<ProgramRun> {
  const { promise, resolve, reject } = Promise.withResolvers<ProgramRun>();
  const notStarted = (error: unknown) =>
    error instanceof Error ? resolve({ kind: "not-started", error }) : reject(error);
  try {
    const child = spawn(file, args, { ...spawnAs(user), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", notStarted);
    child.on("close", (code) => resolve({ kind: "ended", succeeded: code === 0, output }));
  } catch (error) {
    notStarted(error); // Where root may not become the user, Node throws instead of emitting.
  }
  return promise;
}
