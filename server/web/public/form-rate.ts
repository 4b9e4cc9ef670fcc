import type { Context } from "../../context.ts";

/**
 * How often one client may send a form (`POSTS_PER_MINUTE`, far beyond any hand). Held in memory only, under a keyed
 * digest: no address is kept (15), and when the minute is over nothing is.
 */
export class FormRate {
  readonly #ctx: Pick<Context, "config" | "index" | "now">;
  #minute = 0;
  #counts = new Map<string, number>();

  constructor(ctx: Pick<Context, "config" | "index" | "now">) {
    this.#ctx = ctx;
  }

  /** Counts one more; says whether it is still within the limit. */
  allows(client: string): boolean {
    const { config, index, now } = this.#ctx;
    const minute = Math.floor(now().epochMilliseconds / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts = new Map();
    }
    const key = index.digestOf("form-rate", client).toString("base64");
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= config.postsPerMinute;
  }
}
