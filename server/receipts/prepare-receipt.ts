import { commitToDetail } from "../../ledger/entry-detail.ts";
import type { ReceiptEvidence } from "../../ledger/receipt.ts";
import type { Context } from "../context.ts";
import { proveEntry } from "../journal/prove-entry.ts";
import type { DocumentFacts } from "./document-facts.ts";
import type { ListedReceipt } from "./list-receipts.ts";

/** A receipt with all that proves it; only its document is still to be written. */
export interface PreparedReceipt extends ListedReceipt {
  readonly evidence: ReceiptEvidence;
  /** Where the entry stands and since when. */
  readonly proof: DocumentFacts["proof"];
  /** What was on the page, for an act of consent. */
  readonly shown: { readonly language: string; readonly text: string } | undefined;
}

/** The rows of the database say something else than what the person did. */
export class ReceiptContradicted extends Error {
  readonly code = "receipt-contradicted";
  constructor(number: string) {
    super(
      `The journal's entry ${number} commits to something else than what the database says was done: rows of consents or ` +
        "requests were changed. Compare with a backup; the entry and the ledger are right.",
    );
  }
}

/**
 * Gathers what proves a receipt, whose entry is in the ledger by now (`sequenceAll`).
 * @throws ReceiptContradicted
 */
export async function prepareReceipt(
  ctx: Pick<Context, "db" | "signer">,
  listed: ListedReceipt,
): Promise<PreparedReceipt> {
  const { number, content, key } = listed;
  const proven = await proveEntry(ctx.db, ctx.signer.verifier, number);
  if (!proven) throw new Error("a journal entry with a receipt is not in the ledger");
  if (!proven.detail?.equals(commitToDetail(key, content))) throw new ReceiptContradicted(number);
  const leaf = proven.leaf.toString("utf8");
  const evidence = { detail: content, key: key.toString("base64url"), leaf, proof: proven.proof, opening: proven.opening };
  const { index, hour, checkpoint } = proven;
  const proof = { ledger: checkpoint.origin, index, size: checkpoint.size, hour };
  const shown = content.kind === "consent" ? await findText(ctx, content.shown) : undefined;
  return { ...listed, evidence, proof, shown };
}

async function findText({ db }: Pick<Context, "db">, hash: string): Promise<PreparedReceipt["shown"]> {
  return db
    .selectFrom("consent.shown_text")
    .select(["language", "text"])
    .where("shown_hash", "=", Buffer.from(hash, "hex"))
    .executeTakeFirst();
}
