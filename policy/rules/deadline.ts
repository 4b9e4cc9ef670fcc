import type { Calendar } from "../calendars/calendar.ts";
import type { Limit } from "../language/policy.ts";
import { assertCountable } from "./limit-error.ts";
import type { WorkingDayCount } from "./working-days.ts";
import { addWorkingDays } from "./working-days.ts";

/** When something must be done at the latest, and how that was counted. */
export interface Deadline {
  /** The day of receipt where the controller is; it is not counted. */
  readonly receivedOn: Temporal.PlainDate;
  readonly due: Temporal.PlainDate;
  /** The last second of the due date where the controller is. */
  readonly dueAt: Temporal.Instant;
  /** The count of working days; null for a limit in days or months. */
  readonly count: WorkingDayCount | null;
}

/** 23:59:59 of that day in the zone, whatever zone the machine is in. */
export function endOfDay(due: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return due.toZonedDateTime({ timeZone, plainTime: "23:59:59" }).toInstant();
}

/**
 * The deadline of a limit that starts at `received`. Days and months are calendar ones (clause 17): they do
 * not wait for a weekend to pass, and a month that lacks the day ends on its last one. `timeZone` is the
 * controller's, by its IANA name. Throws LimitError.
 */
export function limitFrom(
  received: Temporal.Instant,
  limit: Limit,
  timeZone: string,
  calendar: Calendar,
): Deadline {
  const receivedOn = received.toZonedDateTimeISO(timeZone).toPlainDate();
  if ("workingDays" in limit) {
    const count = addWorkingDays(receivedOn, limit.workingDays, calendar);
    return { receivedOn, due: count.due, dueAt: endOfDay(count.due, timeZone), count };
  }
  const due = "days" in limit ? addDays(receivedOn, limit.days) : addMonths(receivedOn, limit.months);
  return { receivedOn, due, dueAt: endOfDay(due, timeZone), count: null };
}

function addDays(from: Temporal.PlainDate, days: number): Temporal.PlainDate {
  assertCountable(days, "days");
  return from.add({ days });
}

function addMonths(from: Temporal.PlainDate, months: number): Temporal.PlainDate {
  assertCountable(months, "months");
  return from.add({ months }, { overflow: "constrain" });
}
