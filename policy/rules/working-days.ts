import type { Calendar, CalendarDay } from "../calendars/calendar.ts";
import { assertCountable } from "./limit-error.ts";

/** How a due date came about, day by day, so that it can be explained and kept beside a later recount. */
export interface WorkingDayCount {
  readonly due: Temporal.PlainDate;
  /** The working days, the due date being the last. */
  readonly counted: readonly Temporal.PlainDate[];
  /** The days passed over between the day of receipt and the due date. */
  readonly notCounted: readonly DayNotCounted[];
  /** Days on the way that no official act fixes, and what was made of them. */
  readonly uncertain: readonly UncertainDay[];
  /** Years on the way with no calendar: there every day but the weekend was counted. */
  readonly noCalendarFor: readonly number[];
}

export interface DayNotCounted {
  readonly date: Temporal.PlainDate;
  readonly reason: { readonly kind: "weekend" } | { readonly kind: "day-off"; readonly day: CalendarDay };
}

export interface UncertainDay {
  readonly date: Temporal.PlainDate;
  readonly day: CalendarDay;
  readonly countedAs: "working" | "day-off";
}

/**
 * The date `n` working days after `from`, which is the day of receipt and is not counted (clause 16, second
 * and third paragraphs).
 *
 * Where something is not known the earlier date is taken: to be early is safe, to be late breaks the promise.
 * So an estimated holiday counts as a working day, and a year without a calendar has no holidays. An
 * announced one is passed over, and named. Throws LimitError.
 */
export function addWorkingDays(from: Temporal.PlainDate, n: number, calendar: Calendar): WorkingDayCount {
  assertCountable(n, "working days");
  const known = new Map(calendar.years.flatMap((year) => year.days).map((day) => [day.date, day]));
  const knownYears = new Set(calendar.years.map((year) => year.year));
  const counted: Temporal.PlainDate[] = [];
  const notCounted: DayNotCounted[] = [];
  const uncertain: UncertainDay[] = [];
  const noCalendarFor = new Set<number>();

  let date = from;
  while (counted.length < n) {
    date = date.add({ days: 1 });
    const day = known.get(date.toString());
    const weekend = calendar.weekend.includes(date.dayOfWeek);
    const reason = whyNotCounted(day, weekend);
    if (reason) notCounted.push({ date, reason });
    else counted.push(date);
    if (day && day.certainty !== "official" && weekend === (day.kind === "working")) {
      uncertain.push({ date, day, countedAs: reason ? "day-off" : "working" });
    }
    if (!knownYears.has(date.year)) noCalendarFor.add(date.year);
  }
  return { due: date, counted, notCounted, uncertain, noCalendarFor: [...noCalendarFor] };
}

function whyNotCounted(day: CalendarDay | undefined, weekend: boolean): DayNotCounted["reason"] | undefined {
  if (day?.kind === "working") return undefined;
  if (day && day.certainty !== "estimated") return { kind: "day-off", day };
  return weekend ? { kind: "weekend" } : undefined;
}
