import { parseArgs } from "node:util";
import type { Calendar } from "../../policy/calendars/calendar.ts";
import { kg } from "../../policy/calendars/kg.ts";
import type { DayNotCounted, UncertainDay, WorkingDayCount } from "../../policy/rules/working-days.ts";
import { addWorkingDays } from "../../policy/rules/working-days.ts";
import { type Command, CommandError } from "./command.ts";

const usage = `ubada due --from DATE --working-days N [--calendar kg] [--json]

The last day of a limit in working days, such as the seven of clause 16.

  --from DATE        the day of receipt, as 2026-04-30; it is not counted
  --working-days N   how many working days, from 1 to 9999
  --calendar ID      whose working days: kg (the default)
  --json             print the whole count as JSON`;

const calendars: ReadonlyMap<string, Calendar> = new Map([[kg.id, kg]]);

export const due: Command = {
  name: "due",
  summary: "the last day of a limit in working days",
  usage,
  async run(args, io) {
    const options = readOptions(args);
    if (options.help) io.out(usage);
    if (options.help) return 0;
    const from = readDate(options.from);
    const n = readLength(options["working-days"]);
    const calendar = readCalendar(options.calendar);
    const count = addWorkingDays(from, n, calendar);
    const lines = options.json
      ? [JSON.stringify(asJson(from, n, calendar, count), null, 2)]
      : asText(from, n, calendar, count);
    for (const line of lines) io.out(line);
    return 0;
  },
};

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        from: { type: "string" },
        "working-days": { type: "string" },
        calendar: { type: "string", default: kg.id },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split(/[.\n]/)[0] : String(cause);
    throw new CommandError(`${reason}: see "ubada due --help" for the options.`, { cause });
  }
}

function readDate(text: string | undefined): Temporal.PlainDate {
  const wanted = "Give --from the day of receipt as year-month-day, such as 2026-04-30";
  if (text === undefined) throw new CommandError(`${wanted}.`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new CommandError(`${wanted}, instead of "${text}".`);
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch (cause) {
    throw new CommandError(`${wanted}; there is no day ${text}.`, { cause });
  }
}

function readLength(text: string | undefined): number {
  const wanted = "Give --working-days a whole number from 1 to 9999";
  if (text === undefined) throw new CommandError(`${wanted}.`);
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new CommandError(`${wanted}, instead of "${text}".`);
  return Number(text);
}

function readCalendar(id: string): Calendar {
  const calendar = calendars.get(id);
  if (calendar) return calendar;
  throw new CommandError(
    `Choose --calendar from: ${[...calendars.keys()].join(", ")}; there is no calendar "${id}".`,
  );
}

function asJson(from: Temporal.PlainDate, n: number, calendar: Calendar, count: WorkingDayCount): object {
  return {
    from: from.toString(),
    workingDays: n,
    calendar: calendar.id,
    due: count.due.toString(),
    counted: count.counted.map(String),
    notCounted: count.notCounted.map(({ date, reason }) =>
      reason.kind === "weekend"
        ? { date: date.toString(), reason: "weekend" }
        : {
            date: date.toString(),
            reason: "day-off",
            name: reason.day.name,
            certainty: reason.day.certainty,
            source: reason.day.source,
          },
    ),
    uncertain: count.uncertain.map(({ date, day, countedAs }) => ({
      date: date.toString(),
      name: day.name,
      certainty: day.certainty,
      source: day.source,
      countedAs,
    })),
    noCalendarFor: count.noCalendarFor,
  };
}

function asText(from: Temporal.PlainDate, n: number, calendar: Calendar, count: WorkingDayCount): string[] {
  const days = n === 1 ? "1 working day" : `${n} working days`;
  return [
    withWeekday(count.due),
    `${days} after ${withWeekday(from)}, which is not counted (${calendar.name.en}).`,
    ...(count.notCounted.length === 0 ? [] : ["", "Not counted:", ...spans(count.notCounted)]),
    ...count.uncertain.map(warnOfDay),
    ...count.noCalendarFor.map(
      (year) => `Warning: ${year} has no calendar; only weekends were passed over, so the date may be early.`,
    ),
  ];
}

function warnOfDay({ date, day, countedAs }: UncertainDay): string {
  const made = countedAs === "working" ? "was counted as a working day" : "was passed over";
  const known = day.certainty === "estimated" ? "only estimated" : "announced, but no official act is known";
  const advice = countedAs === "working" ? "the date may be early" : "act a day earlier to be safe";
  return `Warning: ${date.toString()} (${day.name.en}) is ${known}; it ${made}, so ${advice}.`;
}

/** Neighbouring days with one reason on one line. */
function spans(days: readonly DayNotCounted[]): string[] {
  const found: { first: Temporal.PlainDate; last: Temporal.PlainDate; why: string }[] = [];
  for (const { date, reason } of days) {
    const why = reason.kind === "weekend" ? "weekend" : reason.day.name.en;
    const open = found.at(-1);
    if (open?.why === why && open.last.add({ days: 1 }).equals(date)) open.last = date;
    else found.push({ first: date, last: date, why });
  }
  return found.map(({ first, last, why }) => {
    const span = [first, ...(last.equals(first) ? [] : [last])].join(" – ");
    return `  ${span.padEnd(23)}  ${why}`;
  });
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

function withWeekday(date: Temporal.PlainDate): string {
  return `${date.toString()} ${weekdays[date.dayOfWeek - 1]}`;
}
