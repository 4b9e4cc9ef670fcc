import type { Context } from "../context.ts";
import { isEarlierVersion, learnVersions } from "./lookup-versions.ts";

/**
 * Runs work that stores rows which are found by digests. Where the database refuses them because another process has opened
 * a later version of the look-up key, learns of it and runs the work once more; so it costs nothing but then. `work`: all or
 * nothing, and makes the digests itself.
 */
export async function inLiveVersion<T>(ctx: Pick<Context, "db" | "index">, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const { version } = ctx.index;
    try {
      return await work();
    } catch (error) {
      if (!isEarlierVersion(error)) throw error;
      await learnVersions(ctx);
      if (ctx.index.version === version) throw error;
    }
  }
}
