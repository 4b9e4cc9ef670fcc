import assert from "node:assert/strict";
import { test } from "node:test";
import type { HistoryEntry } from "../../access/my-history.ts";
import { historyRuns } from "./history-runs.ts";

const at = (minute: number) => Temporal.Instant.from(`2026-11-23T09:0${minute}:00Z`);
const entry = (minute: number, changes: Partial<HistoryEntry> = {}): HistoryEntry => ({
  entryId: String(minute),
  at: at(minute),
  operation: "extraction",
  purpose: "16-1",
  clause: "16",
  categories: ["phone"],
  actor: "subject",
  refusal: undefined,
  ...changes,
});

test("looks at one's own data one after another are one line with their number and the first one's time", () => {
  const runs = historyRuns([entry(4), entry(3), entry(2)]);
  // As text: deepEqual takes any two Temporal values for equal.
  const shown = runs.map(({ entry: { entryId }, count, since }) => [entryId, count, String(since)]);
  assert.deepEqual(shown, [["4", 3, String(at(2))]]);
});

test("whatever differs in anything but the time stays a line of its own, and nothing is left out", () => {
  const others: Partial<HistoryEntry>[] = [
    { operation: "use" },
    { purpose: "8.2" },
    { clause: "6" },
    { categories: ["phone", "email"] },
    { actor: "staff" },
    { refusal: "stopped" },
  ];
  for (const other of others) {
    const runs = historyRuns([entry(4), entry(3, other), entry(2)]);
    assert.deepEqual(runs.map(({ count }) => count), [1, 1, 1]);
  }
  assert.deepEqual(historyRuns([]), []);
});
