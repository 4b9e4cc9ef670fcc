import type { Child } from "hono/jsx";
import type { Language } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";

/** The text of the policy: numbers hang in the margin, lines keep to a length that reads well. */
export function PolicyText(props: { language: Language; children: Child }) {
  return (
    <article class="policy-text" lang={props.language}>
      {props.children}
    </article>
  );
}

/**
 * A clause with its number in the margin as a link to itself. `id` is its address (`16`, `11-6-1`),
 * `number` what is printed («16.», «11.6.1.»), `level` how deep it stands (1 for «16», 2 for «11.6»).
 */
export function Clause(props: {
  language: Language;
  id: string;
  number: string;
  level?: 1 | 2 | 3 | undefined;
  children: Child;
}) {
  return (
    <section class={`clause clause--${props.level ?? 1}`} id={props.id}>
      <a
        class="clause__number"
        href={`#${props.id}`}
        aria-label={shellTexts[props.language].clause(props.number.replace(/\.$/, ""))}
      >
        {props.number}
      </a>
      <div class="clause__text">{props.children}</div>
    </section>
  );
}

/** A paragraph of a clause that can be pointed at: `/ru/policy#16-2`. */
export function ClauseParagraph(props: { id: string; children: Child }) {
  return <p id={props.id}>{props.children}</p>;
}
