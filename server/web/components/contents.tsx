import { Disclosure } from "./disclosure.tsx";

export type ContentsLink = {
  readonly href: string;
  readonly number?: string | undefined;
  readonly label: string;
};

/**
 * What a long page holds, as links into it: a list at its side, folded up where there is no side.
 * Both are in the document and the style sheet shows one, since nothing else can tell without script.
 */
export function Contents(props: { heading: string; links: readonly ContentsLink[] }) {
  return (
    <>
      <nav class="contents" aria-label={props.heading}>
        <h2>{props.heading}</h2>
        <Links links={props.links} />
      </nav>
      <nav class="contents contents--folded" aria-label={props.heading}>
        <Disclosure summary={props.heading}>
          <Links links={props.links} />
        </Disclosure>
      </nav>
    </>
  );
}

function Links(props: { links: readonly ContentsLink[] }) {
  return (
    <ul>
      {props.links.map((link) => (
        <li>
          <a href={link.href}>
            {link.number === undefined ? null : <span class="contents__number">{link.number}</span>}
            <span>{link.label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
