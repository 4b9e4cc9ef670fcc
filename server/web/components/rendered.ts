import type { HtmlEscapedString } from "hono/utils/html";

/** The HTML of a component, for a file or a test. Components here draw what they are given and wait for nothing. */
export function rendered(element: HtmlEscapedString | Promise<HtmlEscapedString> | null): string {
  if (element === null) return "";
  if (element instanceof Promise) throw new TypeError("A component of the look must not wait for anything.");
  return element.toString();
}
