import type { HistoryEntry } from "../../access/my-history.ts";

/** Entries one after another that say the same but for the time: shown as one, with how many and since when. */
export interface HistoryRun {
  /** The newest of them. */
  readonly entry: HistoryEntry;
  readonly count: number;
  /** When the oldest of them was made. */
  readonly since: Temporal.Instant;
}

/** Joins what repeats, so that looking ten times at one's own data does not push everything else off the page. */
export function historyRuns(entries: readonly HistoryEntry[]): readonly HistoryRun[] {
  const runs: HistoryRun[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last && sayingOf(last.entry) === sayingOf(entry)) {
      runs[runs.length - 1] = { entry: last.entry, count: last.count + 1, since: entry.at };
    } else {
      runs.push({ entry, count: 1, since: entry.at });
    }
  }
  return runs;
}

function sayingOf({ operation, purpose, clause, categories, actor, refusal }: HistoryEntry): string {
  return JSON.stringify([operation, purpose, clause, categories, actor, refusal]);
}
