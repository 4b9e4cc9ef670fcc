import type { Insertable, Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import type { Language } from "../language/language.ts";
import type { LetterKind, LetterPurpose } from "./letter-kind.ts";
import type { OutgoingLetter } from "./mailer.ts";
import { sealLetter } from "./sealed-letter.ts";

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
 * the caller's transaction: it leaves if and only if that commits. Returns the letter's id.
 */
export async function queueLetter(ctx: Context, tx: Kysely<Database>, letter: QueuedLetter, seal: Seal): Promise<string> {
  const row = sealedRow(ctx, letter, seal);
  await store(ctx, tx, [row]);
  return row.letter_id;
}

/** The same for the letters of several people at once. */
export async function queueLetters(
  ctx: Context,
  tx: Kysely<Database>,
  letters: readonly { readonly letter: QueuedLetter; readonly seal: Seal }[],
): Promise<void> {
  if (letters.length > 0) await store(ctx, tx, letters.map(({ letter, seal }) => sealedRow(ctx, letter, seal)));
}

type LetterRow = Insertable<Database["letters.outgoing"]>;

function sealedRow(ctx: Context, letter: QueuedLetter, seal: Seal): LetterRow {
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
  };
}

async function store(ctx: Context, tx: Kysely<Database>, rows: readonly LetterRow[]): Promise<void> {
  await tx.insertInto("letters.outgoing").values(rows).execute();
  const places = rows.map(({ subject_id: subject, letter_id: letter }) => ({ subject, letter }));
  // Without a mail server no job can move a letter: it waits for a person, and the sweep finds it once there is one.
  if (ctx.mailer) await ctx.queue.add(tx, "deliver-letter", ...places);
}
