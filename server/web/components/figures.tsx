import type { Tone } from "./notice.tsx";

export type Figure = {
  readonly label: string;
  readonly value: string;
  readonly href?: string | undefined;
  readonly tone?: Tone | undefined;
};

/** A few numbers that say how things stand. */
export function Figures(props: { figures: readonly Figure[] }) {
  return (
    <dl class="figures">
      {props.figures.map((figure) => (
        <div class={`figures__figure figures__figure--${figure.tone ?? "neutral"}`}>
          <dt>{figure.href === undefined ? figure.label : <a href={figure.href}>{figure.label}</a>}</dt>
          <dd>{figure.value}</dd>
        </div>
      ))}
    </dl>
  );
}
