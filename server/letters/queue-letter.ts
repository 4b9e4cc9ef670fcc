import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import type { Language } from "../web/language.ts";
import type { LetterKind, LetterPurpose } from "./letter-kind.ts";
import type { OutgoingLetter } from "./mailer.ts";
import { sealLetter } from "./sealed-letter.ts";

/**
 * Stores a letter sealed under the subject's key and adds the job that sends it, in the caller's transaction: it
 * leaves if and only if that commits. `seal` comes from an opened subject or a new one. Returns the letter's id.
 */
export async function queueLetter(
  ctx: Context,
  tx: Kysely<Database>,
  letter: OutgoingLetter & {
    readonly subject: string;
    readonly purpose: LetterPurpose;
    readonly kind: LetterKind;
    readonly language: Language;
  },
  seal: (plain: Buffer, identity: string) => Buffer,
): Promise<string> {
  const place = { subject: letter.subject, letter: ctx.newId() };
  await tx
    .insertInto("letters.outgoing")
    .values({
      subject_id: place.subject,
      letter_id: place.letter,
      purpose: letter.purpose,
      kind: letter.kind,
      language: letter.language,
      sealed: sealLetter(seal, place, letter),
      state: "waiting",
      created_at: ctx.now(),
      settled_at: null,
    })
    .execute();
  await ctx.queue.add(tx, "deliver-letter", place);
  return place.letter;
}
