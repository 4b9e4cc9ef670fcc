import type { Child } from "hono/jsx";

/** Text that is opened when wanted; works without script. */
export function Disclosure(props: { summary: string; open?: boolean | undefined; children: Child }) {
  return (
    <details class="disclosure" open={props.open === true}>
      <summary>{props.summary}</summary>
      <div class="disclosure__body">{props.children}</div>
    </details>
  );
}
