import type { Insertable, Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import type { Language } from "../language/language.ts";
import type { LetterKind, LetterPurpose } from "./letter-kind.ts";
import type { OutgoingLetter } from "./mailer.ts";
import { type LetterPlace, sealLetter } from "./sealed-letter.ts";

/** A letter to be stored: what it says, to whom and under which ground. */
export interface QueuedLetter extends OutgoingLetter {
  readonly subject: string;
  readonly purpose: LetterPurpose;
  readonly kind: LetterKind;
  /** Of the enquiry or request that it is about, so that staff can tell waiting letters apart without opening them. */
  readonly number?: string | undefined;
  readonly language: Language;
}

/** Seals under the key of the letter's subject: an opened subject's or a new one's. */
type Seal = (plain: Buffer, identity: string) => Buffer;

/**
 * Stores a letter sealed under the subject's key and, where there is a mail server, adds the job that sends it, in
 * the caller's transaction: it leaves if and only if that commits.
 */
export async function queueLetter(ctx: Context, tx: Kysely<Database>, letter: QueuedLetter, seal: Seal): Promise<void> {
  const row = letterRow(ctx, letter, seal);
  await tx.insertInto("letters.outgoing").values(row).execute();
  await queueDelivery(ctx, tx, [{ subject: row.subject_id, letter: row.letter_id }]);
}

/** A letter as it lies in `letters.outgoing`, for a caller who stores it along with rows of its own. */
export function letterRow(ctx: Context, letter: QueuedLetter, seal: Seal) {
  const place = { subject: letter.subject, letter: ctx.newId() };
  return {
    subject_id: place.subject,
    letter_id: place.letter,
    purpose: letter.purpose,
    kind: letter.kind,
    number: letter.number ?? null,
    language: letter.language,
    sealed: sealLetter(seal, place, letter),
    state: "waiting",
    created_at: ctx.now(),
    settled_at: null,
  } as const satisfies Insertable<Database["letters.outgoing"]>;
}

/**
 * Adds the jobs that send these letters. Without a mail server no job can move a letter: it waits for a person, and
 * the sweep finds it once there is one.
 */
export async function queueDelivery(ctx: Context, tx: Kysely<Database>, places: readonly LetterPlace[]): Promise<void> {
  if (ctx.mailer && places.length > 0) await ctx.queue.add(tx, "deliver-letter", ...places);
}
