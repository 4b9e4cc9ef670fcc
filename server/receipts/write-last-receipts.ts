import type { Context } from "../context.ts";
import { sequenceAll } from "../journal/sequence-entries.ts";
import { listReceipts } from "./list-receipts.ts";
import { ReceiptContradicted } from "./prepare-receipt.ts";
import { type Holder, type ReceiptFile, writeListed } from "./write-receipt.ts";

/** Of some 50 kB each; a letter with more would not reach every mailbox. */
const most = 100;

/**
 * Every receipt of a person, the newest first, for the letter that goes before their data does: afterwards nobody can write
 * one again. One that the database contradicts is told of and left out.
 */
export async function writeLastReceipts(ctx: Context, holder: Holder): Promise<readonly ReceiptFile[]> {
  await sequenceAll(ctx);
  const files: ReceiptFile[] = [];
  for (const listed of (await listReceipts(ctx, holder.subject)).slice(0, most)) {
    try {
      files.push(await writeListed(ctx, holder, listed));
    } catch (error) {
      if (!(error instanceof ReceiptContradicted)) throw error;
      ctx.events.jobFailed("last-receipts", error.code);
    }
  }
  return files;
}
