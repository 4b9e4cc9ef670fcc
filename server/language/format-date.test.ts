import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDate, formatDateTime, formatShortDate } from "./format-date.ts";

const day = Temporal.PlainDate.from("2026-03-05");

test("a date reads as people write it in each language", () => {
  assert.equal(formatDate(day, "ru"), "5 марта 2026 г.");
  assert.equal(formatDate(day, "ky"), "2026-жылдын 5-марты");
  assert.equal(formatDate(day, "en"), "5 March 2026");
});

test("every month has its Kyrgyz ending", () => {
  const endings = Array.from({ length: 12 }, (_, month) => formatDate(day.with({ month: month + 1 }), "ky"));
  assert.deepEqual(
    endings.map((text) => text.replace("2026-жылдын 5-", "")),
    [
      ...["январы", "февралы", "марты", "апрели", "майы", "июну"],
      ...["июлу", "августу", "сентябры", "октябры", "ноябры", "декабры"],
    ],
  );
});

test("an instant is shown on the day it was in Bishkek, six hours ahead of UTC", () => {
  const lateEvening = Temporal.Instant.from("2026-03-05T20:05:00Z");
  assert.equal(formatDateTime(lateEvening, "ru"), "6 марта 2026 г., 02:05");
  assert.equal(formatDateTime(lateEvening, "ky"), "2026-жылдын 6-марты, 02:05");
  assert.equal(formatDateTime(lateEvening, "en"), "6 March 2026, 02:05");
});

test("tables use the short form", () => {
  assert.equal(formatShortDate(day, "ru"), "05.03.2026");
  assert.equal(formatShortDate(day, "ky"), "05.03.2026");
  assert.equal(formatShortDate(day, "en"), "5 Mar 2026");
});
