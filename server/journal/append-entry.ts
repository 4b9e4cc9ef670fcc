import type { Kysely } from "kysely";
import type { Operation } from "../../policy/language/operations.ts";
import type { Database } from "../database/schema-types.ts";
import { sealLink } from "../vault/entry-link.ts";
import type { KeyEncryptionKeys } from "../vault/key-encryption-keys.ts";
import type { RandomBytes } from "../vault/seal.ts";
import { commitToReceipt, type ReceiptContent } from "./receipt-content.ts";

/** Who acted. Staff are named by their id; a person is never named in the journal. */
export type Actor =
  | { readonly kind: "subject" }
  | { readonly kind: "system" }
  | { readonly kind: "staff"; readonly staffId: string };

/** One processing operation, in the words of clause 1. */
export interface JournalEntry {
  readonly entryId: string;
  readonly at: Temporal.Instant;
  readonly operation: Operation;
  readonly purpose: string;
  readonly basis: "consent" | "contract" | "duty";
  readonly clause: string;
  readonly categories: readonly string[];
  readonly actor: Actor;
  readonly policyVersion: string;
  /** Where it is something that the person did, and has a receipt of. */
  readonly receipt?: ReceiptContent;
}

/**
 * Appends an entry in the caller's transaction: it is durable when that commits, and never changes after.
 * For operations that need no key (taking new data in, withdrawing, destroying); a read is journaled by the
 * database itself before it gives the key (`vault.open_subjects`). `subject` is null for somebody who is just erased: the
 * entry stays, and nothing says whom it is about.
 */
export async function appendEntry(
  { keys, randomBytes }: { readonly keys: KeyEncryptionKeys; readonly randomBytes: RandomBytes },
  tx: Kysely<Database>,
  subject: string | null,
  entry: JournalEntry,
): Promise<void> {
  const commitment = entry.receipt && commitToReceipt(entry.receipt, randomBytes);
  await tx
    .insertInto("journal.entry")
    .values({
      entry_id: entry.entryId,
      at: entry.at,
      operation: entry.operation,
      purpose: entry.purpose,
      basis: entry.basis,
      clause: entry.clause,
      categories: [...entry.categories],
      actor: entry.actor.kind,
      staff_id: entry.actor.kind === "staff" ? entry.actor.staffId : null,
      outcome: "done",
      reason: null,
      policy_version: entry.policyVersion,
      detail: commitment?.detail ?? null,
    })
    .execute();
  if (subject === null) return;
  const link = sealLink(keys, subject, { entryId: entry.entryId, receipt: commitment?.receipt }, randomBytes);
  await tx.insertInto("journal.about").values({ subject_id: subject, ...link }).execute();
}
