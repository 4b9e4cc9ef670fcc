import type { Child } from "hono/jsx";
import { ToneIcon } from "./tone-icon.tsx";

export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

/** Something to know before going on. `announce`: it answers what the person just did, so it is read out. */
export function Notice(props: {
  tone?: Exclude<Tone, "neutral"> | undefined;
  heading: string;
  announce?: boolean | undefined;
  children?: Child;
}) {
  return (
    <div class={`notice notice--${props.tone ?? "info"}`} role={props.announce ? "status" : undefined}>
      <ToneIcon tone={props.tone ?? "info"} />
      <h2 class="notice__heading">{props.heading}</h2>
      {props.children === undefined ? null : <div class="notice__body">{props.children}</div>}
    </div>
  );
}
