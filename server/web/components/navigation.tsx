import { shellTexts } from "../texts/shell.ts";
import type { Language } from "../../language/language.ts";

/** A section of the cabinet or the console; `count` is what waits there («Запросы 3»). */
export type NavigationLink = {
  readonly href: string;
  readonly label: string;
  readonly count?: number | undefined;
};

export function Navigation(props: {
  language: Language;
  links: readonly NavigationLink[];
  current?: string | undefined;
}) {
  return (
    <nav class="navigation" aria-label={shellTexts[props.language].sections}>
      <ul>
        {props.links.map((link) => (
          <li>
            <a href={link.href} aria-current={link.href === props.current ? "page" : undefined}>
              <span>{link.label}</span>
              {link.count ? <span class="navigation__count">{link.count}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
