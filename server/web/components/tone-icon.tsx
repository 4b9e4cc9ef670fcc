import type { Tone } from "./notice.tsx";

/** A shape per tone, so that a notice is told apart without its colour. */
export function ToneIcon(props: { tone: Exclude<Tone, "neutral"> }) {
  return (
    <svg class="tone-icon" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d={outlines[props.tone]} />
      <path d={signs[props.tone]} />
    </svg>
  );
}

const circle = "M11 2a9 9 0 1 1 0 18 9 9 0 0 1 0-18z";
const outlines = {
  info: circle,
  success: circle,
  warning: "M11 2.5 20.5 19h-19z",
  danger: "M7.3 2h7.4L20 7.3v7.4L14.7 20H7.3L2 14.7V7.3z",
};
const signs = {
  info: "M11 10v5.5M11 6.4v.2",
  success: "m6.8 11.4 3 3 5.4-6.2",
  warning: "M11 8.5v4.7M11 16v.2",
  danger: "M11 6v6M11 15.4v.2",
};
