import type { Context } from "../context.ts";
import { mostAtOnce, sequenceEntries } from "../journal/sequence-entries.ts";
import { listReceipts } from "./list-receipts.ts";
import { ReceiptContradicted } from "./prepare-receipt.ts";
import { type Holder, type ReceiptFile, writeListed } from "./write-receipt.ts";

/** Of some 50 kB each; a letter with more would not reach every mailbox. */
const most = 100;

export type LastReceipts =
  | { readonly kind: "ready"; readonly files: readonly ReceiptFile[] }
  /** Some entry is not in the ledger yet; a transaction elsewhere holds it up. */
  | { readonly kind: "not-yet" };

/**
 * Every receipt of a person, the newest first, for the letter that goes before their data does: afterwards nobody can write
 * one again. Takes waiting entries into the ledger first. One that the database contradicts is told of and left out.
 */
export async function writeLastReceipts(ctx: Context, holder: Holder): Promise<LastReceipts> {
  while ((await sequenceEntries(ctx)) === mostAtOnce);
  const files: ReceiptFile[] = [];
  for (const listed of (await listReceipts(ctx, holder.subject)).slice(0, most)) {
    try {
      const file = await writeListed(ctx, holder, listed);
      if (file === undefined) return { kind: "not-yet" };
      files.push(file);
    } catch (error) {
      if (!(error instanceof ReceiptContradicted)) throw error;
      ctx.events.jobFailed("last-receipts", error.code);
    }
  }
  return { kind: "ready", files };
}
