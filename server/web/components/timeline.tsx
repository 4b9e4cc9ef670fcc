import type { Child } from "hono/jsx";
import { formatDateTime } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import type { Tone } from "./notice.tsx";

export type TimelineEntry = {
  readonly at: Temporal.Instant;
  readonly what: Child;
  readonly detail?: Child;
  readonly tone?: Tone | undefined;
};

/** What was done, in the order given (newest first reads best). */
export function Timeline(props: { language: Language; entries: readonly TimelineEntry[] }) {
  return (
    <ol class="timeline">
      {props.entries.map((entry) => (
        <li class={`timeline__entry timeline__entry--${entry.tone ?? "neutral"}`}>
          <time datetime={entry.at.toString()}>{formatDateTime(entry.at, props.language)}</time>
          <div class="timeline__what">{entry.what}</div>
          {entry.detail === undefined ? null : <div class="timeline__detail">{entry.detail}</div>}
        </li>
      ))}
    </ol>
  );
}
