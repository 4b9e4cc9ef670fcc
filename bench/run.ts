import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureDecideRate } from "./decide-rate.ts";
import * as figures from "./figures.ts";
import { measureFormRate } from "./form-rate.ts";
import { measureGateRate } from "./gate-rate.ts";
import { measureLedger } from "./ledger-rate.ts";
import { type Figures, printReport } from "./report.ts";
import { measureLookupRate } from "./lookup-rate.ts";
import { measureRewrapRate } from "./rewrap-rate.ts";
import { measureSequencing } from "./sequence-rate.ts";
import { startMeasured } from "./start-measured.ts";

/**
 * Measures what the figures promise, each against a floor, a limit or a peer in the same run, and writes RESULTS.md.
 * Run by `npm run bench`; takes about three minutes. Nothing here is asserted in a test: machines differ.
 */
const folder = await mkdtemp(join(tmpdir(), "ubada-bench-"));
// PostgreSQL's own user must reach its folder when root measures; its files would lie elsewhere, and stay.
await chmod(folder, 0o711);
try {
  // What needs no server comes first, while none takes its share of the cores.
  const alone: readonly Figures[] = [
    figures.decideFigures(await measureDecideRate()),
    figures.ledgerFigures(await measureLedger()),
    figures.rewrapFigures(await measureRewrapRate()),
    figures.lookupFigures(await measureLookupRate()),
  ];
  // The first start makes the data; the second is what an operator waits for every day.
  await using first = await startMeasured(folder);
  await first[Symbol.asyncDispose]();
  await using running = await startMeasured(folder);
  const report = printReport([
    figures.startFigures(first.firstPageMs, running.firstPageMs, await running.idleMemory()),
    figures.formFigures(await measureFormRate(running)),
    figures.gateFigures(await measureGateRate(running)),
    figures.sequencingFigures(await measureSequencing(running)),
    ...alone,
  ]);
  await writeFile(new URL("RESULTS.md", import.meta.url), report);
  process.stdout.write(report);
} finally {
  await rm(folder, { recursive: true, force: true });
}
