import type { Kysely, Transaction } from "kysely";
import { limitFrom } from "../../policy/rules/deadline.ts";
import { calendar } from "../config/policy.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { type Actor, appendEntry } from "../journal/append-entry.ts";
import { journalWithdrawals } from "../journal/journal-withdrawals.ts";
import { appendConsentEvents, readLivePurposes } from "../journal/consent-events.ts";
import { stopSubject } from "./stop-subject.ts";

/** What ends processing: unlawful processing found, consent withdrawn, destruction demanded, purpose reached. */
export type StopEvent = "17.1" | "17.2" | "17.3" | "17.4";

/**
 * Accepts an event of clause 17, in the caller's transaction: from its commit the gate refuses every purpose, all
 * consents are ended, and the erasure is on its way. Clocks only govern destruction (invariant 5). Accepting twice
 * is harmless: the second finds the subject stopped, and the erasure that runs already serves both.
 */
export async function acceptStop(
  ctx: Context,
  tx: Transaction<Database>,
  stop: { readonly subject: string; readonly event: StopEvent; readonly request: string | null; readonly actor: Actor },
): Promise<void> {
  const now = ctx.now();
  if (await stopSubject(tx, stop.subject, now)) {
    await endConsents(ctx, tx, stop);
    await journalStop(ctx, tx, stop.subject, stop.actor);
    await planErasure(ctx, tx, stop, now);
  }
  await ctx.queue.add(tx, "erase", { subject: stop.subject });
}

/** A consent whose purpose was reached expires; any other event is a withdrawal, of which the person has receipts. */
async function endConsents(
  ctx: Context,
  tx: Transaction<Database>,
  { subject, event, actor }: { readonly subject: string; readonly event: StopEvent; readonly actor: Actor },
): Promise<void> {
  const purposes = await readLivePurposes(tx, subject);
  const kind = event === "17.4" ? "expired" : "withdrawn";
  const events = await appendConsentEvents(tx, ctx, { subject, kind, purposes });
  if (kind === "withdrawn") await journalWithdrawals(ctx, tx, { subject, actor, events });
}

async function journalStop(ctx: Context, tx: Kysely<Database>, subject: string, actor: Actor): Promise<void> {
  const { clause, categories } = ctx.policy.duties["17"];
  await appendEntry(ctx, tx, subject, {
    entryId: ctx.newId(),
    at: ctx.now(),
    operation: "blocking",
    purpose: "17",
    basis: "duty",
    clause,
    categories,
    actor,
    policyVersion: ctx.policy.version,
  });
}

/**
 * Due 30 days after the event, 6 months at most where destruction is impossible (17; counted from the event, K12). The
 * event of a demand is its receipt, not its confirmation: the person was promised the day that the register has.
 */
async function planErasure(
  ctx: Context,
  tx: Kysely<Database>,
  stop: { readonly subject: string; readonly event: StopEvent; readonly request: string | null },
  now: Temporal.Instant,
): Promise<void> {
  const { limit, cap } = ctx.policy.requests.stop;
  const { timeZone } = ctx.policy.controller;
  const since = stop.request === null ? now : await findReceipt(tx, stop.subject, stop.request);
  await tx
    .insertInto("erasure.plan")
    .values({
      subject_id: stop.subject,
      erasure_id: ctx.newId(),
      request_id: stop.request,
      event: stop.event,
      accepted_at: now,
      due_on: limitFrom(since, limit, timeZone, calendar).due,
      cap_on: limitFrom(since, cap, timeZone, calendar).due,
      finished_at: null,
    })
    .execute();
}

async function findReceipt(tx: Kysely<Database>, subject: string, request: string): Promise<Temporal.Instant> {
  const row = await tx
    .selectFrom("requests.request")
    .select("received_at")
    .where("subject_id", "=", subject)
    .where("request_id", "=", request)
    .executeTakeFirstOrThrow();
  return row.received_at;
}
