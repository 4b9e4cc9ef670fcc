import type { Child } from "hono/jsx";

/**
 * The matter of a page, and at its side what helps to understand it. Where there is no side the aside comes
 * after the matter, or before it with `asideFirst` (a table of contents).
 */
export function WithAside(props: { aside: Child; asideFirst?: boolean | undefined; children: Child }) {
  const aside = <aside class="with-aside__aside">{props.aside}</aside>;
  return (
    <div class="with-aside">
      {props.asideFirst ? aside : null}
      <div class="with-aside__main">{props.children}</div>
      {props.asideFirst ? null : aside}
    </div>
  );
}
