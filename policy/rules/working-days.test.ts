import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Calendar, CalendarDay } from "../calendars/calendar.ts";
import { kg } from "../calendars/kg.ts";
import { LimitError } from "./limit-error.ts";
import { addWorkingDays } from "./working-days.ts";

const day = (date: string) => Temporal.PlainDate.from(date);
const due = (from: string, n: number, calendar = kg) => addWorkingDays(day(from), n, calendar).due.toString();

const dayOff = (date: string, certainty: CalendarDay["certainty"]): CalendarDay => ({
  date,
  kind: "day-off",
  name: { ru: "Праздник", ky: "Майрам", en: "Holiday" },
  certainty,
  source: "a test",
});

/** The calendar with one more day written over whatever it said of that date. */
function withDay(calendar: Calendar, added: CalendarDay): Calendar {
  const year = day(added.date).year;
  const others = calendar.years
    .find((each) => each.year === year)
    ?.days.filter(({ date }) => date !== added.date);
  const changed = { year, days: [...(others ?? []), added] };
  return { ...calendar, years: [...calendar.years.filter((each) => each.year !== year), changed] };
}

test("received on Thursday 30 April 2026: seven working days end on 19 May, after the May holidays", () => {
  assert.equal(due("2026-04-30", 7), "2026-05-19");
});

test("received on Tuesday 17 February 2026: the term ends on 26 February, for the 23rd works", () => {
  assert.equal(due("2026-02-17", 7), "2026-02-26");
});

test("with no holidays known the term ends early, which is safe: 11 May instead of 19 May", () => {
  assert.equal(due("2026-04-30", 7, { ...kg, years: [{ year: 2026, days: [] }] }), "2026-05-11");
});

test("a holiday on a weekend moves nowhere: 9 March 2026 is a working day", () => {
  assert.equal(due("2026-03-06", 1), "2026-03-09");
});

test("a working Saturday counts", () => {
  assert.equal(due("2025-01-10", 1), "2025-01-11");
});

test("the day of receipt is not counted, whether it works or not", () => {
  assert.equal(due("2026-06-01", 1), "2026-06-02");
  assert.equal(due("2026-06-06", 1), "2026-06-08");
});

test("every day passed over is named with its reason", () => {
  const count = addWorkingDays(day("2026-08-28"), 1, kg);
  assert.deepEqual(
    count.notCounted.map(({ date, reason }) => [
      date.toString(),
      reason.kind === "day-off" ? reason.day.name.en : reason.kind,
    ]),
    [
      ["2026-08-29", "weekend"],
      ["2026-08-30", "weekend"],
      ["2026-08-31", "Independence Day"],
    ],
  );
  assert.deepEqual(count.counted.map(String), ["2026-09-01"]);
});

test("an estimated feast is counted as a working day and named as uncertain", () => {
  const count = addWorkingDays(day("2027-03-05"), 1, kg);
  assert.equal(count.due.toString(), "2027-03-09");
  assert.deepEqual(
    count.uncertain.map((each) => [each.date.toString(), each.day.certainty, each.countedAs]),
    [["2027-03-09", "estimated", "working"]],
  );
});

test("an announced feast is passed over and named as uncertain", () => {
  const count = addWorkingDays(day("2026-05-26"), 1, kg);
  assert.equal(count.due.toString(), "2026-05-28");
  assert.deepEqual(
    count.uncertain.map((each) => [each.date.toString(), each.day.certainty, each.countedAs]),
    [["2026-05-27", "announced", "day-off"]],
  );
});

test("an estimated feast on a Sunday changes nothing and is not mentioned", () => {
  assert.deepEqual(addWorkingDays(day("2027-05-14"), 1, kg).uncertain, []);
});

test("a year with no calendar is named, and only its weekends are passed over", () => {
  const count = addWorkingDays(day("2027-12-30"), 3, kg);
  assert.equal(count.due.toString(), "2028-01-04");
  assert.deepEqual(count.noCalendarFor, [2028]);
  assert.deepEqual(addWorkingDays(day("2027-12-30"), 1, kg).noCalendarFor, []);
});

test("a term of no days, of half a day or of forever is refused", () => {
  for (const n of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 10_001]) {
    assert.throws(() => addWorkingDays(day("2026-06-01"), n, kg), LimitError);
  }
});

/** Written by hand, apart from the calendar; weekends left out. 9 March 2027 is an estimate, so it works. */
const offByHand = `
  2024-01-01 2024-01-02 2024-01-03 2024-01-04 2024-01-05 2024-02-23 2024-03-08 2024-03-21 2024-03-22
  2024-04-10 2024-05-01 2024-05-02 2024-05-03 2024-05-09 2024-06-17 2024-11-07 2024-11-08
  2025-01-01 2025-01-02 2025-01-03 2025-01-06 2025-01-07 2025-03-21
  2025-05-01 2025-05-02 2025-05-05 2025-05-06 2025-05-07 2025-05-08 2025-05-09 2025-06-06
  2026-01-01 2026-01-02 2026-01-05 2026-01-06 2026-01-07 2026-03-20
  2026-05-01 2026-05-04 2026-05-05 2026-05-06 2026-05-07 2026-05-08 2026-05-27 2026-08-31
  2027-01-01 2027-01-04 2027-01-05 2027-01-06 2027-01-07 2027-03-08
  2027-05-03 2027-05-04 2027-05-05 2027-05-06 2027-05-07 2027-08-31`;
const workingSaturdays = "2024-01-27 2024-03-02 2024-05-11 2025-01-11";

function worksByHand(date: Temporal.PlainDate): boolean {
  if (workingSaturdays.includes(date.toString())) return true;
  return date.dayOfWeek < 6 && !offByHand.includes(date.toString());
}

const start = day("2023-12-31");
const dates = fc.integer({ min: 0, max: start.until("2027-12-31").days }).map((days) => start.add({ days }));
const lengths = fc.integer({ min: 1, max: 40 });

test("on every day of 2024 to 2027 the count agrees with one made by hand", () => {
  const span = start.until("2027-12-31").days;
  const working = Array.from({ length: span }, (_, index) => start.add({ days: index + 1 })).filter(
    worksByHand,
  );
  for (let from = start; from.year < 2028; from = from.add({ days: 1 })) {
    const after = working.filter((date) => Temporal.PlainDate.compare(date, from) > 0);
    for (const n of [1, 2, 5, 7, 20]) {
      const expected = after[n - 1];
      if (expected)
        assert.equal(
          addWorkingDays(from, n, kg).due.toString(),
          expected.toString(),
          `${from.toString()} + ${n}`,
        );
    }
  }
});

test("the days counted and not counted are together every day from receipt to the due date", () => {
  fc.assert(
    fc.property(dates, lengths, (from, n) => {
      const count = addWorkingDays(from, n, kg);
      assert.equal(count.counted.length, n);
      const named = [...count.counted, ...count.notCounted.map(({ date }) => date)].map(String);
      assert.equal(new Set(named).size, from.until(count.due).days);
      assert.equal(count.counted.at(-1)?.toString(), count.due.toString());
    }),
  );
});

test("one more working day is never due sooner", () => {
  fc.assert(
    fc.property(dates, lengths, (from, n) => {
      const [shorter, longer] = [addWorkingDays(from, n, kg).due, addWorkingDays(from, n + 1, kg).due];
      assert.equal(Temporal.PlainDate.compare(shorter, longer), -1);
    }),
  );
});

test("adding a holiday never makes the due date earlier, and an estimated one changes nothing", () => {
  fc.assert(
    fc.property(dates, lengths, fc.nat({ max: 60 }), (from, n, ahead) => {
      const before = addWorkingDays(from, n, kg).due;
      const added = from.add({ days: ahead }).toString();
      const official = addWorkingDays(from, n, withDay(kg, dayOff(added, "official"))).due;
      assert.ok(Temporal.PlainDate.compare(official, before) >= 0);
      // Not where the calendar has that day: an estimate written over an official holiday takes it away.
      if (kg.years.some((year) => year.days.some(({ date }) => date === added))) return;
      assert.equal(due(from.toString(), n, withDay(kg, dayOff(added, "estimated"))), before.toString());
    }),
  );
});
