import { formatDate } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import { timeLimitTexts } from "../texts/time-limit.ts";

export type DueMeterProps = {
  language: Language;
  /** Days (or working days, or months) gone since the limit began; may exceed `allowed`. */
  used: number;
  allowed: number;
  unit: "workingDays" | "days" | "months";
  /** The last day of the limit. */
  dueOn: Temporal.PlainDate;
  /** `done`: the promise was kept (or came late); the bar no longer moves. */
  state: "running" | "done";
};

/**
 * A time limit as a row of days: those gone are filled. The words beside it say everything the drawing does,
 * so the drawing is hidden from those who listen.
 */
export function DueMeter(props: DueMeterProps) {
  const { language, used, allowed, unit } = props;
  const t = timeLimitTexts[language];
  return (
    <div class={`due-meter due-meter--${meterTone(props)}`}>
      <Bar used={props.used} allowed={props.allowed} />
      <p class="due-meter__left">{standing(props)}</p>
      <p class="due-meter__used">
        {capital(t.used[unit](Math.min(used, allowed), allowed))}
        {" · "}
        {t.dueBy(formatDate(props.dueOn, language))}
      </p>
    </div>
  );
}

/** The same in one line, for a table. */
export function DueMeterLine(props: DueMeterProps) {
  return (
    <div class={`due-meter due-meter--line due-meter--${meterTone(props)}`}>
      <Bar used={props.used} allowed={props.allowed} />
      <p class="due-meter__left">{standing(props)}</p>
    </div>
  );
}

function meterTone({ used, allowed, state }: DueMeterProps): "calm" | "soon" | "late" | "done" {
  if (used > allowed) return "late";
  if (state === "done") return "done";
  return used / allowed >= 0.7 ? "soon" : "calm";
}

function standing({ language, used, allowed, unit, state }: DueMeterProps): string {
  const t = timeLimitTexts[language];
  if (state === "done") return capital(used > allowed ? t.metLate : t.met);
  if (used > allowed) return capital(t.overdue[unit](used - allowed));
  if (used === allowed) return capital(t.lastDay);
  return capital(t.left[unit](allowed - used));
}

/** Between two cells, in percent of the whole bar. */
const gap = 1.2;

/** One cell per day up to thirty; longer limits in thirty parts. Percentages, so that it fits any width. */
function Bar(props: { used: number; allowed: number }) {
  const cells = Math.max(1, Math.min(Math.round(props.allowed), 30));
  const filled = Math.min(cells, Math.floor((props.used / Math.max(props.allowed, 1)) * cells));
  const step = (100 + gap) / cells;
  return (
    <svg class="due-meter__bar" width="100%" height="10" aria-hidden="true" focusable="false">
      {Array.from({ length: cells }, (_, index) => (
        <rect
          x={`${(index * step).toFixed(2)}%`}
          width={`${(step - gap).toFixed(2)}%`}
          height="10"
          rx="2"
          class={index < filled ? "due-meter__gone" : "due-meter__ahead"}
        />
      ))}
    </svg>
  );
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
