import type { Tone } from "./notice.tsx";

/** A state in a word or two. The word carries the meaning; the colour only helps. */
export function Status(props: { tone?: Tone | undefined; children: string }) {
  return <span class={`status status--${props.tone ?? "neutral"}`}>{props.children}</span>;
}

/** A plain label: a purpose's number, a data category. */
export function Tag(props: { children: string }) {
  return <span class="tag">{props.children}</span>;
}
