import type { Transaction } from "kysely";
import type { PurposeId } from "../config/policy.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { appendEntry } from "../journal/append-entry.ts";
import { withdrawalReceipt } from "../journal/receipt-content.ts";
import { appendConsentEvents, readLivePurposes } from "../journal/consent-events.ts";
import { acceptStop } from "../vault/accept-stop.ts";

export type WithdrawnConsent =
  /** `stopped`: nothing lives any more, so all processing stops and the data goes (17.2). */
  | { readonly kind: "withdrawn"; readonly stopped: boolean }
  /** Never given, withdrawn before, or ended by itself: there is nothing to withdraw, and nothing was written. */
  | { readonly kind: "not-living" };

/**
 * Withdraws the person's consent to one purpose (6, third paragraph): from the commit on the gate refuses it. Doing
 * it twice is harmless. If no purpose lives afterwards, that is a withdrawal in the sense of 17.2: processing stops
 * and the data will be destroyed. One transaction, ordered by the subject's row against every use under way.
 */
export async function withdrawConsent(
  ctx: Context,
  { subject, purpose }: { readonly subject: string; readonly purpose: PurposeId },
): Promise<WithdrawnConsent> {
  return ctx.db.transaction().execute(async (tx) => {
    await lockSubject(tx, subject);
    const living = await readLivePurposes(tx, subject);
    if (!living.includes(purpose)) return { kind: "not-living" };
    const [event] = await appendConsentEvents(tx, ctx, { subject, kind: "withdrawn", purposes: [purpose] });
    await journalWithdrawal(ctx, tx, subject, purpose, event);
    const stopped = living.length === 1;
    if (stopped) await acceptStop(ctx, tx, { subject, event: "17.2", request: null, actor: { kind: "subject" } });
    return { kind: "withdrawn", stopped };
  });
}

async function lockSubject(tx: Transaction<Database>, subject: string): Promise<void> {
  await tx
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", subject)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

async function journalWithdrawal(
  ctx: Context,
  tx: Transaction<Database>,
  subject: string,
  purpose: PurposeId,
  event: Parameters<typeof withdrawalReceipt>[0] | undefined,
): Promise<void> {
  const { basis, clause, categories } = ctx.policy.purposes[purpose];
  await appendEntry(ctx, tx, subject, {
    entryId: ctx.newId(),
    at: ctx.now(),
    operation: "blocking",
    purpose,
    basis,
    clause,
    categories,
    actor: { kind: "subject" },
    policyVersion: ctx.policy.version,
    ...(event ? { receipt: withdrawalReceipt(event, ctx.policy.version) } : {}),
  });
}
