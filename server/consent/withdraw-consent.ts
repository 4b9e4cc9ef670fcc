import type { Transaction } from "kysely";
import type { PurposeId } from "../config/policy.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { journalWithdrawals } from "../journal/journal-withdrawals.ts";
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
    const events = await appendConsentEvents(tx, ctx, { subject, kind: "withdrawn", purposes: [purpose] });
    await journalWithdrawals(ctx, tx, { subject, actor: { kind: "subject" }, events });
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
