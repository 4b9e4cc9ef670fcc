import assert from "node:assert/strict";
import { test } from "node:test";
import { timeLimitTexts } from "./time-limit.ts";

test("days are counted in correct Russian", () => {
  const { left, overdue, used } = timeLimitTexts.ru;
  assert.equal(left.workingDays(1), "остался 1 рабочий день");
  assert.equal(left.workingDays(2), "осталось 2 рабочих дня");
  assert.equal(left.workingDays(5), "осталось 5 рабочих дней");
  assert.equal(left.workingDays(11), "осталось 11 рабочих дней");
  assert.equal(left.days(21), "остался 21 день");
  assert.equal(left.months(6), "осталось 6 месяцев");
  assert.equal(overdue.days(3), "просрочено на 3 дня");
  assert.equal(used.workingDays(1, 7), "прошёл 1 из 7 рабочих дней");
  assert.equal(used.days(3, 21), "прошло 3 из 21 дня");
});

test("a Kyrgyz noun stays singular after a number", () => {
  assert.equal(timeLimitTexts.ky.left.workingDays(1), "1 жумушчу күн калды");
  assert.equal(timeLimitTexts.ky.left.workingDays(7), "7 жумушчу күн калды");
});

test("one day is one day in English", () => {
  assert.equal(timeLimitTexts.en.left.workingDays(1), "1 working day left");
  assert.equal(timeLimitTexts.en.overdue.months(2), "overdue by 2 months");
});
