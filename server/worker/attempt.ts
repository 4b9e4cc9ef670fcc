import type { Context } from "../context.ts";
import { codeOf } from "../observe/events.ts";

/** One that fails must not keep the others waiting; it is told, and met again next time. */
export async function attempt(ctx: Context, name: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    ctx.events.jobFailed(name, codeOf(error));
  }
}
