import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import type { Context } from "../context.ts";
import type { Actor } from "../journal/append-entry.ts";
import { readLetterPurpose } from "./letter-kind.ts";
import type { OutgoingLetter } from "./mailer.ts";
import { unsealLetter } from "./sealed-letter.ts";
import { settleLetter } from "./settle-letter.ts";
import { isId } from "../config/new-id.ts";

/** A letter that has not left by itself; whose it is and what it says stay sealed. */
export interface OutboxLetter {
  readonly letterId: string;
  readonly kind: string;
  /** Of the enquiry or request that it is about. */
  readonly number: string | null;
  readonly language: string;
  /** `failed`: the mail server refused it for good, or the reason to send it has gone. */
  readonly state: "waiting" | "failed";
  readonly createdAt: Temporal.Instant;
  /** How often a mail server was tried. */
  readonly attempts: number;
}

export type OpenedLetter =
  | ({ readonly kind: "opened" } & OutgoingLetter)
  /** Nothing allows it any more; for a sign-in code nothing ever does. */
  | { readonly kind: "refused"; readonly reason: UseRefusal; readonly clause: string }
  | { readonly kind: "unknown" };

/** The letters that wait or have failed, the oldest first. */
export async function listOutbox(ctx: Context): Promise<readonly OutboxLetter[]> {
  const rows = await ctx.db
    .selectFrom("letters.outgoing")
    .select(["letter_id", "kind", "number", "language", "state", "created_at", "attempts"])
    .where("state", "in", ["waiting", "failed"])
    .orderBy("letter_id")
    .limit(500)
    .execute();
  return rows.map((row) => ({
    letterId: row.letter_id,
    kind: row.kind,
    number: row.number,
    language: row.language,
    state: row.state === "failed" ? "failed" : "waiting",
    createdAt: row.created_at,
    attempts: row.attempts,
  }));
}

/** Opens a letter for a member of staff who will pass it on some other way; journaled under the letter's own ground. */
export async function openLetter(
  ctx: Context,
  asked: { readonly letterId: string; readonly staffId: string },
): Promise<OpenedLetter> {
  const letter = await findUnsent(ctx, asked.letterId);
  if (!letter) return { kind: "unknown" };
  const opened = await ctx.gate.use(
    {
      subject: letter.subject_id,
      purpose: readLetterPurpose(letter.purpose),
      operation: "use",
      categories: ["email"],
      actor: readerOf(ctx, letter.kind, asked.staffId),
    },
    ({ unseal }) => unsealLetter(unseal, { subject: letter.subject_id, letter: letter.letter_id }, letter.sealed),
  );
  return opened.kind === "done" ? { kind: "opened", ...opened.value } : opened;
}

/**
 * Staff read as themselves. A sign-in code would let them into the person's cabinet, past every mask, so the database
 * refuses it to them; only in a demo, where nobody is real, whoever runs it plays the person too.
 */
function readerOf(ctx: Context, kind: string, staffId: string): Actor {
  return kind === "sign-in-code" && ctx.config.kind === "demo" ? { kind: "subject" } : { kind: "staff", staffId };
}

/** Notes that somebody passed the letter on; what waited for it goes on as if it had been sent. */
export async function handOverLetter(
  ctx: Context,
  asked: { readonly letterId: string },
): Promise<{ readonly kind: "handed-over" | "unknown" }> {
  const letter = await findUnsent(ctx, asked.letterId);
  if (!letter) return { kind: "unknown" };
  const settled = await settleLetter(ctx, { subject: letter.subject_id, letter: letter.letter_id }, "handed-over");
  return { kind: settled ? "handed-over" : "unknown" };
}

/** `letterId`: as it stands in an address, so it may be anything. */
async function findUnsent(ctx: Context, letterId: string) {
  if (!isId(letterId)) return undefined;
  return ctx.db
    .selectFrom("letters.outgoing")
    .select(["subject_id", "letter_id", "kind", "purpose", "sealed"])
    .where("letter_id", "=", letterId)
    .where("state", "in", ["waiting", "failed"])
    .executeTakeFirst();
}
