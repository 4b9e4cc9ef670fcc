import type { Kysely, Transaction } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { composeErased } from "../letters/compose/erased.ts";
import { queueLetter } from "../letters/queue-letter.ts";
import { writeLastReceipts } from "../receipts/write-last-receipts.ts";
import type { ReceiptFile } from "../receipts/write-receipt.ts";
import { defaultLanguage, isLanguage, type Language } from "../language/language.ts";

interface Erasure {
  readonly subject: string;
  readonly erasureId: string;
}

const position = 0;

/**
 * The last letter leaves before the address goes (17, K11). Waits until it has been sent, handed over, or refused for
 * good by the mail server; but not past the due date: the duty to destroy outranks the duty to tell.
 */
export async function tellSubject(ctx: Context, erasure: Erasure): Promise<"told" | "waits"> {
  const recipient = await findRecipient(ctx.db, erasure);
  const receipts = await receiptsForLetter(ctx, erasure, recipient);
  return ctx.db.transaction().execute(async (tx) => {
    const plan = await tx
      .selectFrom("erasure.plan")
      .select("due_on")
      .where("subject_id", "=", erasure.subject)
      .where("erasure_id", "=", erasure.erasureId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (await isRecorded(tx, erasure)) return "told";

    const letter = await findLastLetter(tx, erasure.subject);
    const overdue = Temporal.PlainDate.compare(today(ctx), plan.due_on) >= 0;
    if (letter?.state === "waiting" && !overdue) return "waits";
    if (!letter && (await writeLastLetter(ctx, tx, erasure, recipient, receipts)) === "written" && !overdue) return "waits";
    await record(ctx, tx, erasure);
    return "told";
  });
}

async function findLastLetter(db: Kysely<Database>, subject: string) {
  return db
    .selectFrom("letters.outgoing")
    .select("state")
    .where("subject_id", "=", subject)
    .where("kind", "=", "erased")
    .executeTakeFirst();
}

/** Written before the plan is locked, for it takes its time; none where the letter is written already. */
async function receiptsForLetter(
  ctx: Context,
  erasure: Erasure,
  { language }: Recipient,
): Promise<readonly ReceiptFile[]> {
  const { subject } = erasure;
  const isWritten = (await findLastLetter(ctx.db, subject)) !== undefined || (await isRecorded(ctx.db, erasure));
  return isWritten ? [] : writeLastReceipts(ctx, { subject, language });
}

/** `no-address`: the person left a phone number only, or the address is gone; there is nobody to write to. */
async function writeLastLetter(
  ctx: Context,
  tx: Transaction<Database>,
  { subject }: Erasure,
  { language, requestNumber }: Recipient,
  receipts: readonly ReceiptFile[],
): Promise<"written" | "no-address"> {
  const opened = await ctx.gate.useWithin(
    tx,
    { subject, purpose: "17", operation: "use", categories: ["email"], actor: { kind: "system" } },
    async ({ latest, seal }) => {
      if (latest.email === undefined) return "no-address" as const;
      const letter = composeErased(language, { on: today(ctx), requestNumber, receipts: receipts.length });
      const place = { subject, purpose: "17", kind: "erased", number: requestNumber, language } as const;
      await queueLetter(ctx, tx, { ...place, to: latest.email, ...letter, attachments: receipts }, seal);
      return "written" as const;
    },
  );
  return opened.kind === "done" ? opened.value : "no-address";
}

interface Recipient {
  readonly language: Language;
  /** Of the request that led to the erasure, if one did. */
  readonly requestNumber: string | undefined;
}

async function findRecipient(db: Kysely<Database>, { subject, erasureId }: Erasure): Promise<Recipient> {
  const request = await db
    .selectFrom("erasure.plan as plan")
    .innerJoin("requests.request as request", (join) =>
      join.onRef("request.subject_id", "=", "plan.subject_id").onRef("request.request_id", "=", "plan.request_id"),
    )
    .select(["request.number", "request.language"])
    .where("plan.subject_id", "=", subject)
    .where("plan.erasure_id", "=", erasureId)
    .executeTakeFirst();
  if (request === undefined) return { language: await languageOfLastConsent(db, subject), requestNumber: undefined };
  return { language: isLanguage(request.language) ? request.language : defaultLanguage, requestNumber: request.number };
}

async function languageOfLastConsent(db: Kysely<Database>, subject: string): Promise<Language> {
  const act = await db
    .selectFrom("consent.act")
    .select("language")
    .where("subject_id", "=", subject)
    .orderBy("act_id", "desc")
    .executeTakeFirst();
  return isLanguage(act?.language) ? act.language : defaultLanguage;
}

async function isRecorded(db: Kysely<Database>, erasure: Erasure): Promise<boolean> {
  const step = await db
    .selectFrom("erasure.step")
    .select("position")
    .where("subject_id", "=", erasure.subject)
    .where("erasure_id", "=", erasure.erasureId)
    .where("position", "=", position)
    .executeTakeFirst();
  return step !== undefined;
}

async function record(ctx: Context, tx: Kysely<Database>, erasure: Erasure): Promise<void> {
  await tx
    .insertInto("erasure.step")
    .values({
      subject_id: erasure.subject,
      erasure_id: erasure.erasureId,
      position,
      target: "tell",
      destroyed: 0,
      remaining: 0,
      finished_at: ctx.now(),
    })
    .execute();
}

function today(ctx: Context): Temporal.PlainDate {
  return ctx.now().toZonedDateTimeISO(ctx.policy.controller.timeZone).toPlainDate();
}
