import type { Context } from "../context.ts";
import type { LetterPlace } from "./sealed-letter.ts";

/**
 * Says what became of a letter that waited or had failed, once; returns whether it was still to be settled. The last
 * letter of an erasure holds the erasure up, so settling it lets the erasure go on, in the same transaction.
 */
export async function settleLetter(
  ctx: Context,
  { subject, letter }: LetterPlace,
  state: "sent" | "handed-over" | "failed",
): Promise<boolean> {
  return ctx.db.transaction().execute(async (tx) => {
    const settled = await tx
      .updateTable("letters.outgoing")
      .set({ state, settled_at: ctx.now() })
      .where("subject_id", "=", subject)
      .where("letter_id", "=", letter)
      .where("state", "in", state === "handed-over" ? ["waiting", "failed"] : ["waiting"])
      .returning("kind")
      .executeTakeFirst();
    if (settled?.kind === "erased") await ctx.queue.add(tx, "erase", { subject });
    return settled !== undefined;
  });
}
