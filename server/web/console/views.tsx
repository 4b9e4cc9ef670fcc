export type View = { readonly href: string; readonly label: string; readonly chosen: boolean };

/** A few ways to look at one list, as links: each has its own address and changes nothing. */
export function Views(props: { label: string; views: readonly View[] }) {
  return (
    <nav class="views" aria-label={props.label}>
      <ul>
        {props.views.map((view) => (
          <li>
            <a href={view.href} aria-current={view.chosen ? "true" : undefined}>
              {view.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
