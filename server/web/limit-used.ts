import type { Calendar } from "../../policy/calendars/calendar.ts";
import type { Limit } from "../../policy/language/policy.ts";
import { addWorkingDays } from "../../policy/rules/working-days.ts";

/** How much of a limit has gone, in the limit's own unit; `used` exceeds `allowed` once it is overdue. */
export interface LimitUsed {
  readonly used: number;
  readonly allowed: number;
  readonly unit: "workingDays" | "days" | "months";
}

/** What was used of a limit from the day of receipt, which is not counted, to the end of `on`. */
export function limitUsed(
  limit: Limit,
  received: Temporal.PlainDate,
  on: Temporal.PlainDate,
  calendar: Calendar,
): LimitUsed {
  if ("workingDays" in limit) {
    return { used: workingDaysTo(received, on, calendar), allowed: limit.workingDays, unit: "workingDays" };
  }
  if ("days" in limit) return { used: daysTo(received, on), allowed: limit.days, unit: "days" };
  const { months } = received.until(on, { largestUnit: "months" });
  return { used: Math.max(0, months), allowed: limit.months, unit: "months" };
}

function daysTo(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  return Math.max(0, from.until(to, { largestUnit: "days" }).days);
}

/** As many working days as there are days reach past `to`; those that do not are the ones gone. */
function workingDaysTo(from: Temporal.PlainDate, to: Temporal.PlainDate, calendar: Calendar): number {
  const days = daysTo(from, to);
  if (days === 0) return 0;
  const { counted } = addWorkingDays(from, days, calendar);
  return counted.filter((day) => Temporal.PlainDate.compare(day, to) <= 0).length;
}
