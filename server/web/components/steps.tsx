import type { Child } from "hono/jsx";
import type { Language } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";

export type Step = {
  readonly label: string;
  readonly state: "done" | "current" | "waiting" | "blocked";
  readonly detail?: Child;
};

/** How far something has come: an erasure and its places. Every step says its state in words too. */
export function Steps(props: { language: Language; steps: readonly Step[] }) {
  const words = shellTexts[props.language].steps;
  return (
    <ol class="steps">
      {props.steps.map((step) => (
        <li
          class={`steps__step steps__step--${step.state}`}
          aria-current={step.state === "current" ? "step" : undefined}
        >
          <StepSign state={step.state} />
          <span class="steps__label">{step.label}</span>
          <span class="steps__state">{words[step.state]}</span>
          {step.detail === undefined ? null : <div class="steps__detail">{step.detail}</div>}
        </li>
      ))}
    </ol>
  );
}

const signs = {
  done: "m7 12.4 3.4 3.4L17 8.6",
  current: "M12 12v.01",
  waiting: "",
  blocked: "M12 7v6M12 16.8v.2",
};

/** A shape per state, so that it is told apart without its colour. */
function StepSign(props: { state: Step["state"] }) {
  return (
    <svg class="steps__sign" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      {props.state === "blocked" ? (
        <rect x="1.5" y="1.5" width="21" height="21" rx="5" />
      ) : (
        <circle cx="12" cy="12" r="10.5" />
      )}
      <path d={signs[props.state]} />
    </svg>
  );
}
