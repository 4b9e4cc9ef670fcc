import type { Kysely, Transaction } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { composeErased } from "../letters/compose/erased.ts";
import { queueLetter } from "../letters/queue-letter.ts";
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
  return ctx.db.transaction().execute(async (tx) => {
    const plan = await tx
      .selectFrom("erasure.plan")
      .select(["due_on", "request_id"])
      .where("subject_id", "=", erasure.subject)
      .where("erasure_id", "=", erasure.erasureId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (await isRecorded(tx, erasure)) return "told";

    const letter = await findLastLetter(tx, erasure.subject);
    const overdue = Temporal.PlainDate.compare(today(ctx), plan.due_on) >= 0;
    if (letter?.state === "waiting" && !overdue) return "waits";
    if (!letter && (await writeLastLetter(ctx, tx, erasure, plan.request_id)) === "written" && !overdue) return "waits";
    await record(ctx, tx, erasure);
    return "told";
  });
}

async function findLastLetter(tx: Kysely<Database>, subject: string) {
  return tx
    .selectFrom("letters.outgoing")
    .select("state")
    .where("subject_id", "=", subject)
    .where("kind", "=", "erased")
    .executeTakeFirst();
}

/** `no-address`: the person left a phone number only, or the address is gone; there is nobody to write to. */
async function writeLastLetter(
  ctx: Context,
  tx: Transaction<Database>,
  erasure: Erasure,
  requestId: string | null,
): Promise<"written" | "no-address"> {
  const request = requestId === null ? undefined : await findRequest(tx, erasure.subject, requestId);
  const language = request?.language ?? (await languageOfLastConsent(tx, erasure.subject));
  const opened = await ctx.gate.useWithin(
    tx,
    { subject: erasure.subject, purpose: "17", operation: "use", categories: ["email"], actor: { kind: "system" } },
    async ({ latest, seal }) => {
      if (latest.email === undefined) return "no-address" as const;
      const letter = composeErased(language, { on: today(ctx), requestNumber: request?.number });
      await queueLetter(
        ctx,
        tx,
        { subject: erasure.subject, purpose: "17", kind: "erased", number: request?.number, language, to: latest.email, ...letter },
        seal,
      );
      return "written" as const;
    },
  );
  return opened.kind === "done" ? opened.value : "no-address";
}

async function findRequest(tx: Kysely<Database>, subject: string, requestId: string) {
  const row = await tx
    .selectFrom("requests.request")
    .select(["number", "language"])
    .where("subject_id", "=", subject)
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  return { number: row.number, language: isLanguage(row.language) ? row.language : defaultLanguage };
}

async function languageOfLastConsent(tx: Kysely<Database>, subject: string): Promise<Language> {
  const act = await tx
    .selectFrom("consent.act")
    .select("language")
    .where("subject_id", "=", subject)
    .orderBy("act_id", "desc")
    .executeTakeFirst();
  return isLanguage(act?.language) ? act.language : defaultLanguage;
}

async function isRecorded(tx: Kysely<Database>, erasure: Erasure): Promise<boolean> {
  const step = await tx
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
