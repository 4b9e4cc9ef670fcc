import { cpus } from "node:os";

/** What one measurement has to say: rows of the table, and the sentences below it. */
export interface Figures {
  readonly rows: readonly { readonly what: string; readonly measured: string; readonly wanted: string }[];
  /** Lines of Markdown, at most 120 characters each; an empty one begins a new paragraph. */
  readonly notes?: readonly string[];
}

/** RESULTS.md. */
export function printReport(all: readonly Figures[]): string {
  const cores = cpus();
  const machine = `${cores.length} cores (${cores[0]?.model ?? "unknown"}), Node ${process.version}`;
  const rows = all.flatMap((figures) => figures.rows);
  const notes = all.flatMap((figures) => (figures.notes ? ["", ...figures.notes] : []));
  return [
    "# Figures",
    "",
    `Measured by \`npm run bench\` on ${machine}.`,
    "Ratios compare two things in the same run; single figures depend on the machine.",
    "",
    "| what | measured | wanted |",
    "|---|---|---|",
    ...rows.map(({ what, measured, wanted }) => `| ${what} | ${measured} | ${wanted} |`),
    ...notes,
    "",
  ].join("\n");
}

/** The middle one; of an even number, the upper of the two. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** The median of `one` against `other`, round by round. */
export function medianRatio(one: readonly number[], other: readonly number[]): number {
  return median(one.map((rate, round) => rate / (other[round] ?? Number.NaN)));
}

/** Rates as whole numbers, in the order of the rounds. */
export function list(rates: readonly number[]): string {
  return rates.map((rate) => rate.toFixed(0)).join(", ");
}
