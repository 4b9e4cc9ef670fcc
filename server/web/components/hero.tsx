import type { Child } from "hono/jsx";
import { Tunduk } from "./tunduk.tsx";

/** The opening of the front page: one sentence, what it means, what can be done. Holds the page's `<h1>`. */
export function Hero(props: { heading: string; children: Child; actions?: Child }) {
  return (
    <header class="hero">
      <Tunduk />
      <h1>{props.heading}</h1>
      <div class="hero__lede">{props.children}</div>
      {props.actions === undefined ? null : <div class="button-row">{props.actions}</div>}
    </header>
  );
}
