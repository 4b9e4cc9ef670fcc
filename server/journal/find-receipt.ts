import type { Kysely } from "kysely";
import { LogBroken } from "../../ledger/log-broken.ts";
import type { NoteVerifier } from "../../ledger/signed-note.ts";
import { verifyTlogProof } from "../../ledger/tlog-proof.ts";
import type { Database } from "../database/schema-types.ts";
import { proveEntry } from "./prove-entry.ts";
import { isId } from "../config/new-id.ts";

/** What is known of a receipt by its number alone; whose it is, is not. */
export type FoundReceipt =
  | {
      readonly kind: "proved";
      readonly entry: ReceiptEntry;
      /** Its place in the ledger, from 0. */
      readonly index: number;
    }
  /** In the journal, but not in the ledger yet: for some seconds. */
  | { readonly kind: "waiting"; readonly entry: ReceiptEntry }
  /** The journal says something else than the ledger: it was changed. */
  | { readonly kind: "contradicted" }
  /** No entry has this number, or one that nobody has a receipt of. */
  | { readonly kind: "unknown" };

export interface ReceiptEntry {
  readonly at: Temporal.Instant;
  readonly operation: string;
  readonly purpose: string;
  readonly clause: string;
  readonly policyVersion: string;
}

/** `number`: as somebody typed it, so it may be anything. */
export async function findReceipt(db: Kysely<Database>, verifier: NoteVerifier, number: string): Promise<FoundReceipt> {
  const entryId = number.trim().toLowerCase();
  if (!isId(entryId)) return { kind: "unknown" };
  const entry = await db
    .selectFrom("journal.entry")
    .select(["at", "operation", "purpose", "clause", "policy_version as policyVersion"])
    .where("entry_id", "=", entryId)
    .where("detail", "is not", null)
    .executeTakeFirst();
  if (!entry) return { kind: "unknown" };
  const proven = await proveEntry(db, verifier, entryId);
  if (!proven) return { kind: "waiting", entry };
  try {
    const { index } = verifyTlogProof(proven.proof, proven.leaf, verifier);
    return { kind: "proved", entry, index };
  } catch (error) {
    if (error instanceof LogBroken) return { kind: "contradicted" };
    throw error;
  }
}
