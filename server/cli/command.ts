/** One command of `ubada`. It returns its exit code; what cannot be done it throws, with a sentence. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints: how to call it, and each option. */
  readonly usage: string;
  run(args: readonly string[], io: CommandOutput): Promise<number>;
}

export interface CommandOutput {
  out(line: string): void;
}

/** A command called the wrong way. The message is one sentence that says what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code = "usage";
  readonly exitCode = 2;
}
