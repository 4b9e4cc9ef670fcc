import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { measureFormRate } from "./form-rate.ts";
import { startMeasured } from "./start-measured.ts";

/**
 * Measures what the first figures promise, each against a floor or a limit in the same run, and writes RESULTS.md.
 * Run by `npm run bench`; takes about a minute. Nothing here is asserted in a test: machines differ.
 */
const folder = await mkdtemp(join(tmpdir(), "ubada-bench-"));
try {
  // The first start makes the data; the second is what an operator waits for every day.
  await using first = await startMeasured(folder);
  await first[Symbol.asyncDispose]();
  await using running = await startMeasured(folder);
  const memory = await running.idleMemory();
  const rates = await measureFormRate(running);
  await writeFile(new URL("RESULTS.md", import.meta.url), report(first.firstPageMs, running.firstPageMs, memory, rates));
} finally {
  await rm(folder, { recursive: true, force: true });
}

interface Rates {
  readonly insertsPerSecond: readonly number[];
  readonly formsPerSecond: readonly number[];
  readonly connections: number;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function report(firstStartMs: number, startMs: number, memoryMb: number, rates: Rates): string {
  const ratio = median(rates.formsPerSecond.map((forms, round) => forms / (rates.insertsPerSecond[round] ?? Number.NaN)));
  const lines = [
    "# Figures",
    "",
    `Measured by \`npm run bench\` on ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}.`,
    "Ratios compare two things in the same run; single figures depend on the machine.",
    "",
    "| what | measured | wanted |",
    "|---|---|---|",
    `| first page after \`npm start\`, data there | ${(startMs / 1000).toFixed(2)} s | at most 3 s |`,
    `| first page after \`npm start\`, data made anew | ${(firstStartMs / 1000).toFixed(2)} s | – |`,
    `| Node's resident memory, idle | ${memoryMb.toFixed(0)} MB | at most 150 MB |`,
    `| form submissions per bare durable INSERT, ${rates.connections} connections | ${ratio.toFixed(2)} | at least 0.20 |`,
    "",
    `Form submissions: ${rates.formsPerSecond.map((rate) => rate.toFixed(0)).join(", ")} per second, end to end over`,
    "HTTP, each a new person with e-mail, four sealed attributes, consents, journal and letter.",
    `Bare INSERT of one row of 1 kB through the same driver: ${rates.insertsPerSecond.map((rate) => rate.toFixed(0)).join(", ")} per second.`,
    "",
    "Cost grows with the number of purposes a form offers (one consent event each) and not with the number of people:",
    "every look-up goes by a unique index.",
    "",
  ];
  process.stdout.write(lines.join("\n"));
  return lines.join("\n");
}
