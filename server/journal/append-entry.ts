import type { Kysely } from "kysely";
import type { Operation } from "../../policy/language/operations.ts";
import type { Database } from "../database/schema-types.ts";

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
}

/**
 * Appends an entry in the caller's transaction: it is durable when that commits, and never changes after.
 * For operations that need no key (taking new data in, withdrawing, destroying); a read is journaled by the
 * database itself before it gives the key (`vault.open_subjects`). `subject` is null for somebody who is just erased: the
 * entry stays, and nothing says whom it is about.
 */
export async function appendEntry(tx: Kysely<Database>, subject: string | null, entry: JournalEntry): Promise<void> {
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
    })
    .execute();
  if (subject === null) return;
  await tx.insertInto("journal.about").values({ subject_id: subject, entry_id: entry.entryId }).execute();
}
