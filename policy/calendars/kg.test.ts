import assert from "node:assert/strict";
import { test } from "node:test";
import { kg } from "./kg.ts";

const all = kg.years.flatMap(({ year, days }) => days.map((day) => ({ year, ...day })));

/** Working days of a year as the calendar lists them, its estimates taken at their word. */
function workingDaysOf(year: number, counts: (weekday: number, kind: string | undefined) => boolean): number {
  const kinds = new Map(all.map((day) => [day.date, day.kind]));
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  return Array.from({ length: first.daysInYear }, (_, index) => first.add({ days: index })).filter((date) =>
    counts(date.dayOfWeek, kinds.get(date.toString())),
  ).length;
}

test("every listed day lies in its year, stands there once, and says where it is written", () => {
  for (const day of all) {
    assert.equal(Temporal.PlainDate.from(day.date, { overflow: "reject" }).year, day.year);
    assert.ok(day.source !== "" && day.name.ru !== "" && day.name.ky !== "" && day.name.en !== "");
  }
  assert.equal(new Set(all.map((day) => day.date)).size, all.length);
});

test("the Mondays to Fridays that work are 247 in 2025 and 2026, and 248 in 2027 as estimated", () => {
  const onWeekdays = (weekday: number, kind: string | undefined) => weekday < 6 && kind !== "day-off";
  assert.equal(workingDaysOf(2025, onWeekdays), 247);
  assert.equal(workingDaysOf(2026, onWeekdays), 247);
  assert.equal(workingDaysOf(2027, onWeekdays), 248);
});

test("since the Labour Code of 2025, 23 February, 7 April and 7–8 November are working days", () => {
  const dates = new Set(all.filter((day) => day.year > 2024).map((day) => day.date.slice(5)));
  for (const date of ["02-23", "04-07", "11-07", "11-08"]) assert.ok(!dates.has(date), date);
});

test("only the lunar feasts are less than official, and in 2027 they are estimates", () => {
  const unsure = all.filter((day) => day.certainty !== "official");
  assert.deepEqual(
    unsure.map(({ date, certainty, name }) => [date, certainty, name.en]),
    [
      ["2026-03-20", "announced", "Orozo Ait"],
      ["2026-05-27", "announced", "Kurman Ait"],
      ["2027-03-09", "estimated", "Orozo Ait"],
      ["2027-05-16", "estimated", "Kurman Ait"],
    ],
  );
});
