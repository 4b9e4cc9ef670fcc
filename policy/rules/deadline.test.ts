import assert from "node:assert/strict";
import { test } from "node:test";
import type { Limit } from "../language/policy.ts";
import { kg } from "../calendars/kg.ts";
import { endOfDay, limitFrom } from "./deadline.ts";
import { LimitError } from "./limit-error.ts";

const bishkek = "Asia/Bishkek";
const due = (received: string, limit: Limit) =>
  limitFrom(Temporal.Instant.from(received), limit, bishkek, kg);

test("a day ends at 23:59:59 in Bishkek, which is 17:59:59 in Greenwich", () => {
  assert.equal(endOfDay(Temporal.PlainDate.from("2026-05-19"), bishkek).toString(), "2026-05-19T17:59:59Z");
});

test("seven working days from 30 April 2026 end with 19 May in Bishkek, and the count is kept", () => {
  const deadline = due("2026-04-30T06:00:00Z", { workingDays: 7 });
  assert.equal(deadline.dueAt.toString(), "2026-05-19T17:59:59Z");
  assert.equal(deadline.count?.counted.length, 7);
});

test("a letter received at half past midnight in Bishkek belongs to that day", () => {
  const deadline = due("2026-02-16T18:30:00Z", { workingDays: 7 });
  assert.equal(deadline.receivedOn.toString(), "2026-02-17");
  assert.equal(deadline.due.toString(), "2026-02-26");
});

test("thirty days are calendar days and do not wait for a weekend to pass", () => {
  const deadline = due("2026-04-02T06:00:00Z", { days: 30 });
  assert.equal(deadline.due.toString(), "2026-05-02");
  assert.equal(deadline.due.dayOfWeek, 6);
  assert.equal(deadline.count, null);
});

test("six months from 31 August end on the last day of February", () => {
  assert.equal(due("2026-08-31T06:00:00Z", { months: 6 }).due.toString(), "2027-02-28");
  assert.equal(due("2027-08-31T06:00:00Z", { months: 6 }).due.toString(), "2028-02-29");
});

test("a limit of nothing is refused in every unit", () => {
  for (const limit of [{ workingDays: 0 }, { days: 0 }, { months: -1 }, { days: 1.5 }]) {
    assert.throws(() => due("2026-08-31T06:00:00Z", limit), LimitError);
  }
});
