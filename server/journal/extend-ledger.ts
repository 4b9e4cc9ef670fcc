import { join } from "node:path";
import type { Context } from "../context.ts";
import { ledgerReader, publishedReader } from "./ledger-reader.ts";
import { publishCheckpoint } from "./publish-checkpoint.ts";
import { keepSigned, publishLedger } from "./publish-ledger.ts";
import { requireClock } from "./require-clock.ts";
import { sequenceAll } from "./sequence-entries.ts";

/** Where the plain files of the ledger lie, in the folder of the data. */
export function ledgerFolder(dataDirectory: string): string {
  return join(dataDirectory, "ledger");
}

/**
 * Takes everything that is new in the journal into the ledger, and publishes it. What fails now is met again next time.
 * @throws ClockSetBack
 */
export async function extendLedger(ctx: Context): Promise<void> {
  await requireClock(ctx);
  await sequenceAll(ctx);
  const folder = ledgerFolder(ctx.config.dataDirectory);
  if (ctx.config.witnesses.length > 0) await keepSigned(ledgerReader(ctx.db), folder);
  await publishCheckpoint(ctx);
  await publishLedger(publishedReader(ctx.db), folder);
}
