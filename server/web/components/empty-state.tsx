import type { Child } from "hono/jsx";
import { Mark } from "./mark.tsx";

/** Said where a list has nothing in it; children may offer what to do. */
export function EmptyState(props: { heading: string; children?: Child }) {
  return (
    <div class="empty-state">
      <Mark size={40} />
      <p class="empty-state__heading">{props.heading}</p>
      {props.children === undefined ? null : <div class="empty-state__body">{props.children}</div>}
    </div>
  );
}
