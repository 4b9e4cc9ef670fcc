import type { Context } from "../context.ts";

export interface ShownText {
  readonly language: string;
  readonly text: string;
}

/** The exact text of this hash (SHA-256, hex), if this person was ever shown it; undefined otherwise. */
export async function findShownText(
  ctx: Context,
  asked: { readonly subject: string; readonly hash: string },
): Promise<ShownText | undefined> {
  if (!/^[0-9a-f]{64}$/.test(asked.hash)) return undefined;
  return ctx.db
    .selectFrom("consent.shown_text as shown")
    .innerJoin("consent.act as act", "act.shown_hash", "shown.shown_hash")
    .select(["shown.language", "shown.text"])
    .where("act.subject_id", "=", asked.subject)
    .where("shown.shown_hash", "=", Buffer.from(asked.hash, "hex"))
    .executeTakeFirst();
}
