import type { Transaction } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { composeConfirmRequest } from "../letters/compose/confirm-request.ts";
import { queueLetter } from "../letters/queue-letter.ts";
import { normaliseEmail } from "../vault/blind-index.ts";
import type { NewSubject } from "../vault/new-subject.ts";
import { newSecret } from "../vault/one-time-secret.ts";
import { type Language, pathInLanguage } from "../language/language.ts";
import type { OpenRequest } from "./open-request.ts";

/** How long a link is good. */
export const linkLifetime = { hours: 7 * 24 } as const;

/** Nobody can fill a stranger's mailbox with our letters: further demands are stored, but bring no further link. */
const linksADay = 5;

/** To whom a link goes: the address that is on record for the subject, whoever wrote and from wherever. */
export interface LinkRecipient {
  readonly subjectId: string;
  readonly address: string;
  /** The key of somebody who has just come in; the data of anybody else is opened through the gate. */
  readonly seal?: NewSubject["seal"];
}

export type SentLink =
  | { readonly kind: "sent" }
  | { readonly kind: "limited" }
  /** The address is not among the person's data, or the gate refuses. */
  | { readonly kind: "no-address" };

/** Makes a one-time link for a request and writes the letter that carries it, in the caller's transaction. */
export async function sendConfirmationLink(
  ctx: Context,
  tx: Transaction<Database>,
  request: OpenRequest & { readonly language: Language },
  recipient: LinkRecipient,
): Promise<SentLink> {
  if ((await countLinksOfLastDay(ctx, tx, recipient.subjectId)) >= linksADay) return { kind: "limited" };
  if (recipient.seal) {
    await writeLetter(ctx, tx, request, recipient.subjectId, recipient.address, recipient.seal);
    return { kind: "sent" };
  }
  const use = await ctx.gate.useWithin(
    tx,
    {
      subject: recipient.subjectId,
      purpose: "7",
      operation: "use",
      categories: ["email"],
      actor: { kind: "system" },
    },
    async ({ values, seal }): Promise<SentLink> => {
      const wanted = normaliseEmail(recipient.address);
      const onRecord = values.findLast(({ value }) => normaliseEmail(value) === wanted);
      if (!onRecord) return { kind: "no-address" };
      await writeLetter(ctx, tx, request, recipient.subjectId, onRecord.value, seal);
      return { kind: "sent" };
    },
  );
  return use.kind === "done" ? use.value : { kind: "no-address" };
}

async function writeLetter(
  ctx: Context,
  tx: Transaction<Database>,
  request: OpenRequest & { readonly language: Language },
  subject: string,
  to: string,
  seal: NewSubject["seal"],
): Promise<void> {
  const { secret, digest } = newSecret(ctx.randomBytes);
  const { language, number, dueOn, requestId } = request;
  const linkUntil = ctx.now().add(linkLifetime);
  await tx
    .insertInto("requests.confirmation")
    .values({ token_digest: digest, subject_id: subject, request_id: requestId, expires_at: linkUntil, used_at: null })
    .execute();
  const link = `${ctx.config.origin}${pathInLanguage(language, `/confirm/${secret}`)}`;
  const letter = composeConfirmRequest(language, { number, link, linkUntil, dueOn });
  await queueLetter(ctx, tx, { subject, purpose: "7", kind: "confirm-request", number, language, to, ...letter }, seal);
}

/** Every link expires the same time after it was made, so its expiry tells when that was. */
async function countLinksOfLastDay(ctx: Context, tx: Transaction<Database>, subject: string): Promise<number> {
  const { links } = await tx
    .selectFrom("requests.confirmation")
    .select((row) => row.fn.countAll<string>().as("links"))
    .where("subject_id", "=", subject)
    .where("expires_at", ">", ctx.now().add(linkLifetime).subtract({ hours: 24 }))
    .executeTakeFirstOrThrow();
  return Number(links);
}
