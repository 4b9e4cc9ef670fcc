import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import type { Context } from "../context.ts";
import { type IncomingLetter, readLetter } from "../letters/read-letter.ts";
import { rowIdentity } from "../vault/open-subject.ts";
import { isRequestNumber } from "./register.ts";

/** A letter as staff read it. */
export interface RequestLetter extends IncomingLetter {
  readonly receivedAt: Temporal.Instant;
  /** The letter as it came, byte for byte, with its attachments. */
  readonly raw: Buffer;
}

export type ReadLetters =
  /** The oldest letter first; none for a request from the cabinet. */
  | { readonly kind: "read"; readonly letters: readonly RequestLetter[] }
  /** Nothing is owed to whoever wrote: the request is closed, or is that of the person the letter named. */
  | { readonly kind: "refused"; readonly reason: UseRefusal; readonly clause: string }
  | { readonly kind: "unknown" };

/** Opens the letters of a request for a member of staff who is to answer (21); every opening is journaled. */
export async function readRequestLetters(
  ctx: Context,
  asked: { readonly number: string; readonly staffId: string },
): Promise<ReadLetters> {
  if (!isRequestNumber(asked.number)) return { kind: "unknown" };
  const rows = await ctx.db
    .selectFrom("requests.request as request")
    .leftJoin("letters.incoming as letter", "letter.request_id", "request.request_id")
    .select(["letter.subject_id as subject", "letter.letter_id", "letter.sealed", "letter.received_at"])
    .where("request.number", "=", asked.number)
    .orderBy("letter.letter_id")
    .execute();
  if (rows.length === 0) return { kind: "unknown" };

  const letters: RequestLetter[] = [];
  for (const { subject, letter_id: letter, sealed, received_at: receivedAt } of rows) {
    if (subject === null || letter === null || sealed === null || receivedAt === null) continue;
    const opened = await ctx.gate.use(
      {
        subject,
        purpose: "21",
        operation: "extraction",
        categories: ["letter"],
        actor: { kind: "staff", staffId: asked.staffId },
      },
      ({ unseal }) => unseal(sealed, rowIdentity("letters.incoming", subject, letter)),
    );
    if (opened.kind === "refused") return opened;
    letters.push({ ...(await readLetter(opened.value)), receivedAt, raw: opened.value });
  }
  return { kind: "read", letters };
}
