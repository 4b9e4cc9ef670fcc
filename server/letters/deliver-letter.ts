import type { Context } from "../context.ts";
import { readLetterPurpose } from "./letter-kind.ts";
import type { Mailer, OutgoingLetter } from "./mailer.ts";
import { type LetterPlace, unsealLetter } from "./sealed-letter.ts";
import { settleLetter } from "./settle-letter.ts";

/**
 * Sends a letter that waits. `settled`: it was sent, refused for good by the server or by the gate, or is gone;
 * `waiting`: there is no SMTP server, or it could not take the letter now. May run twice; the letter may then leave
 * twice, with one Message-ID.
 */
export async function deliverLetter(ctx: Context, place: LetterPlace): Promise<"settled" | "waiting"> {
  const letter = await findWaiting(ctx, place);
  if (!letter) return "settled";
  if (!ctx.mailer) {
    ctx.events.letterWaits(letter.kind, "no-smtp");
    return "waiting";
  }
  const opened = await open(ctx, place, letter);
  // The reason to write has gone: consent withdrawn, request closed. Nothing is sent without one.
  if (opened.kind === "refused") {
    await settleLetter(ctx, place, "failed");
    return "settled";
  }
  return send(ctx, ctx.mailer, place, letter.kind, opened.value);
}

interface WaitingLetter {
  readonly kind: string;
  readonly purpose: string;
  readonly sealed: Buffer;
}

async function findWaiting(ctx: Context, { subject, letter }: LetterPlace): Promise<WaitingLetter | undefined> {
  return ctx.db
    .selectFrom("letters.outgoing")
    .select(["kind", "purpose", "sealed"])
    .where("subject_id", "=", subject)
    .where("letter_id", "=", letter)
    .where("state", "=", "waiting")
    .executeTakeFirst();
}

async function open(ctx: Context, place: LetterPlace, letter: WaitingLetter) {
  const purpose = readLetterPurpose(letter.purpose);
  return ctx.gate.use(
    { subject: place.subject, purpose, operation: "use", categories: ["email"], actor: { kind: "system" } },
    ({ unseal }) => unsealLetter(unseal, place, letter.sealed),
  );
}

async function send(
  ctx: Context,
  mailer: Mailer,
  place: LetterPlace,
  kind: string,
  letter: OutgoingLetter,
): Promise<"settled" | "waiting"> {
  const outcome = await mailer.send(letter, place.letter);
  await countAttempt(ctx, place);
  switch (outcome.kind) {
    case "sent":
      await settleLetter(ctx, place, "sent");
      ctx.events.letterSent(kind);
      return "settled";
    case "refused":
      await settleLetter(ctx, place, "failed");
      ctx.events.letterWaits(kind, "refused");
      return "settled";
    case "unreachable":
      ctx.events.letterWaits(kind, "smtp-unreachable");
      return "waiting";
  }
}

async function countAttempt(ctx: Context, { subject, letter }: LetterPlace): Promise<void> {
  await ctx.db
    .updateTable("letters.outgoing")
    .set((row) => ({ attempts: row("attempts", "+", 1) }))
    .where("subject_id", "=", subject)
    .where("letter_id", "=", letter)
    .execute();
}
