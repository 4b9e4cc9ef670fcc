import assert from "node:assert/strict";
import { test } from "node:test";
import { kg } from "../../policy/calendars/kg.ts";
import { limitUsed } from "./limit-used.ts";

const day = (date: string) => Temporal.PlainDate.from(date);
const used = (limit: Parameters<typeof limitUsed>[0], from: string, to: string) =>
  limitUsed(limit, day(from), day(to), kg).used;

test("the day of receipt is not counted, whatever the unit", () => {
  for (const limit of [{ workingDays: 7 }, { days: 30 }, { months: 6 }]) {
    assert.equal(used(limit, "2026-11-23", "2026-11-23"), 0);
  }
});

test("working days pass over the weekend; days do not", () => {
  assert.equal(used({ workingDays: 7 }, "2026-11-20", "2026-11-22"), 0);
  assert.equal(used({ workingDays: 7 }, "2026-11-20", "2026-11-23"), 1);
  assert.equal(used({ days: 30 }, "2026-11-20", "2026-11-23"), 3);
});

test("on the last day of a limit all of it is used, and the day after more than all", () => {
  assert.equal(used({ days: 30 }, "2026-11-23", "2026-12-23"), 30);
  assert.equal(used({ days: 30 }, "2026-11-23", "2026-12-24"), 31);
  assert.equal(used({ workingDays: 7 }, "2026-11-23", "2026-12-02"), 7);
  assert.equal(used({ workingDays: 7 }, "2026-11-23", "2026-12-03"), 8);
});

test("a clock that stands before the day of receipt has used nothing", () => {
  assert.equal(used({ days: 30 }, "2026-11-23", "2026-11-01"), 0);
  assert.equal(used({ months: 6 }, "2026-11-23", "2026-01-01"), 0);
});
