import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import type { Context } from "../context.ts";
import { type IncomingLetter, readLetter } from "../letters/read-letter.ts";
import { rowIdentity } from "../vault/open-subject.ts";
import { isRequestNumber } from "./register.ts";

/** A letter as staff read it. */
export interface RequestLetter extends IncomingLetter {
  readonly receivedAt: Temporal.Instant;
}

export type ReadLetters =
  /** The oldest letter first; none for a request from the cabinet. */
  | { readonly kind: "read"; readonly letters: readonly RequestLetter[] }
  | LettersSealed;

/** The letter as it came, byte for byte, with its attachments. */
export type LetterFile = { readonly kind: "read"; readonly raw: Buffer } | LettersSealed;

export type LettersSealed =
  /** The request is closed, so nothing is owed to the person any more and the letters stay sealed. */
  | { readonly kind: "refused"; readonly reason: UseRefusal; readonly clause: string }
  | { readonly kind: "unknown" };

/**
 * Opens the letters of a request for a member of staff who is to answer (21); every opening is journaled. One letter
 * is in memory at a time: each may be 25 MB, and anybody may write many.
 */
export async function readRequestLetters(
  ctx: Context,
  asked: { readonly number: string; readonly staffId: string },
): Promise<ReadLetters> {
  const places = await findLetters(ctx, asked.number);
  if (!places) return { kind: "unknown" };
  const letters: RequestLetter[] = [];
  for (const place of places) {
    const opened = await open(ctx, place, asked.staffId);
    if (opened.kind !== "read") return opened;
    letters.push({ ...(await readLetter(opened.raw)), receivedAt: place.receivedAt });
  }
  return { kind: "read", letters };
}

/**
 * Opens one letter of a request. `index`: its place in what `readRequestLetters` gives, from 0, as it stands in a form,
 * so it may be anything.
 */
export async function readLetterFile(
  ctx: Context,
  asked: { readonly number: string; readonly index: string; readonly staffId: string },
): Promise<LetterFile> {
  if (!/^(0|[1-9]\d{0,5})$/.test(asked.index)) return { kind: "unknown" };
  const place = (await findLetters(ctx, asked.number))?.[Number(asked.index)];
  return place ? open(ctx, place, asked.staffId) : { kind: "unknown" };
}

interface LetterPlace {
  readonly subject: string;
  readonly letter: string;
  readonly receivedAt: Temporal.Instant;
}

/** Undefined where there is no such request. */
async function findLetters(ctx: Context, number: string): Promise<readonly LetterPlace[] | undefined> {
  if (!isRequestNumber(number)) return undefined;
  const request = await ctx.db
    .selectFrom("requests.request")
    .select("request_id")
    .where("number", "=", number)
    .executeTakeFirst();
  if (!request) return undefined;
  return ctx.db
    .selectFrom("letters.incoming")
    .select(["subject_id as subject", "letter_id as letter", "received_at as receivedAt"])
    .where("request_id", "=", request.request_id)
    .orderBy("letter_id")
    .execute();
}

async function open(ctx: Context, { subject, letter }: LetterPlace, staffId: string): Promise<LetterFile> {
  const row = await ctx.db
    .selectFrom("letters.incoming")
    .select("sealed")
    .where("subject_id", "=", subject)
    .where("letter_id", "=", letter)
    .executeTakeFirst();
  if (!row) return { kind: "unknown" };
  const opened = await ctx.gate.use(
    { subject, purpose: "21", operation: "extraction", categories: ["letter"], actor: { kind: "staff", staffId } },
    ({ unseal }) => unseal(row.sealed, rowIdentity("letters.incoming", subject, letter)),
  );
  return opened.kind === "done" ? { kind: "read", raw: opened.value } : opened;
}
