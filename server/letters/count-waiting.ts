import type { Context } from "../context.ts";

/** How many letters wait to be sent or handed over. */
export async function countWaitingLetters(ctx: Context): Promise<number> {
  const { count } = await ctx.db
    .selectFrom("letters.outgoing")
    .select((row) => row.fn.countAll<string>().as("count"))
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  return Number(count);
}
