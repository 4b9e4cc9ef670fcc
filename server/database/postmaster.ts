import type { ChildProcess } from "node:child_process";
import { stopPostmaster } from "./stop-postmaster.ts";

/** The server's first process, which we have started. Disposing stops it and waits until it is gone. */
export class Postmaster implements AsyncDisposable {
  /** Settles when it has ended: "stopped" by disposing, or "lost" (killed, out of memory). */
  readonly ended: Promise<"stopped" | "lost">;
  readonly #child: ChildProcess;
  #error: Error | undefined;
  #stopping = false;
  #whenLost = () => {};
  /** For a process that ends without disposing: nobody waits, but nothing is left running either. */
  readonly #whenWeExit = () => void this.#child.kill("SIGINT");

  constructor(child: ChildProcess) {
    this.#child = child;
    process.once("exit", this.#whenWeExit);
    child.unref(); // The database alone is no reason to stay alive.
    this.ended = new Promise((resolve) => {
      child.once("error", (error) => (this.#error = error));
      child.once("exit", () => {
        process.removeListener("exit", this.#whenWeExit);
        if (!this.#stopping) this.#whenLost();
        resolve(this.#stopping ? "stopped" : "lost");
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasEnded(): boolean {
    const { pid, exitCode, signalCode } = this.#child;
    return pid === undefined || exitCode !== null || signalCode !== null;
  }

  /** Why the program could not even be started. */
  get error(): Error | undefined {
    return this.#error;
  }

  tellIfLost(tell: () => void): void {
    this.#whenLost = tell;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    if (this.pid === undefined) return;
    this.#child.ref();
    await stopPostmaster(this.pid, () => this.hasEnded);
    await this.ended;
  }
}
