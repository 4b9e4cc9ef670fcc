import type { Transaction } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { findPurpose } from "../receipts/policy-parts.ts";
import { type Actor, appendEntry } from "./append-entry.ts";
import { withdrawalReceipt } from "./receipt-content.ts";

/** The withdrawal of one consent, as `consent.event` keeps it. */
export type Withdrawal = Parameters<typeof withdrawalReceipt>[0];

/**
 * Journals that purposes are blocked because their consents were withdrawn, each by an entry of its own, so that the person
 * has a receipt of each (6, third paragraph). In the caller's transaction.
 */
export async function journalWithdrawals(
  ctx: Context,
  tx: Transaction<Database>,
  { subject, actor, events }: { readonly subject: string; readonly actor: Actor; readonly events: readonly Withdrawal[] },
): Promise<void> {
  for (const event of events) {
    const { purpose } = event;
    const known = findPurpose(ctx.policy, purpose) ?? ({ basis: "consent", clause: purpose, categories: [] } as const);
    const { basis, clause, categories } = known;
    await appendEntry(ctx, tx, subject, {
      entryId: ctx.newId(),
      at: ctx.now(),
      operation: "blocking",
      purpose,
      basis,
      clause,
      categories,
      actor,
      policyVersion: ctx.policy.version,
      receipt: withdrawalReceipt(event, ctx.policy.version),
    });
  }
}
