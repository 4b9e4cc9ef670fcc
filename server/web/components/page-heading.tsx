import type { Child } from "hono/jsx";

/** The one `<h1>` of a page, with an optional line above it and a paragraph under it. */
export function PageHeading(props: { heading: string; above?: string | undefined; children?: Child }) {
  return (
    <header class="page-heading">
      {props.above === undefined ? null : <p class="page-heading__above">{props.above}</p>}
      <h1>{props.heading}</h1>
      {props.children === undefined ? null : <div class="page-heading__lede">{props.children}</div>}
    </header>
  );
}
