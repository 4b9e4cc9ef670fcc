import { hash } from "node:crypto";
import type { Context } from "../../context.ts";

/**
 * How often one client may send a form (`POSTS_PER_MINUTE`, far beyond any hand). Held in memory only, under a digest
 * whose salt lives for that minute: no address is kept (15), and when the minute is over nothing is.
 */
export class FormRate {
  readonly #ctx: Pick<Context, "config" | "randomBytes" | "now">;
  #minute = 0;
  #salt = "";
  #counts = new Map<string, number>();

  constructor(ctx: Pick<Context, "config" | "randomBytes" | "now">) {
    this.#ctx = ctx;
  }

  /** Counts one more; says whether it is still within the limit. */
  allows(client: string): boolean {
    const { config, randomBytes, now } = this.#ctx;
    const minute = Math.floor(now().epochMilliseconds / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#salt = randomBytes(32).toString("base64");
      this.#counts = new Map();
    }
    const key = hash("sha256", `${this.#salt}${client}`, "base64");
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= config.postsPerMinute;
  }
}
