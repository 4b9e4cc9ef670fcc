import type { Localized } from "../language/localized.ts";

/**
 * How far a day can be relied on: fixed by an act in force, announced but with no act seen, or worked out
 * ahead of any announcement (a lunar feast is fixed only days before).
 */
export type Certainty = "official" | "announced" | "estimated";

/** A day that differs from its weekday: a day off on Tuesday, a working Saturday. */
export interface CalendarDay {
  /** ISO date, such as 2026-05-09. */
  readonly date: string;
  readonly kind: "day-off" | "working";
  readonly name: Localized;
  readonly certainty: Certainty;
  /** Where it is written, for whoever wants to check. */
  readonly source: string;
}

/** The days of a year that differ from their weekday. A year not listed is unknown, not free of them. */
export interface CalendarYear {
  readonly year: number;
  readonly days: readonly CalendarDay[];
}

/** The working days of a country as dated data. */
export interface Calendar {
  readonly id: string;
  readonly name: Localized;
  /** ISO weekdays, 1 for Monday to 7 for Sunday. */
  readonly weekend: readonly number[];
  readonly years: readonly CalendarYear[];
}
