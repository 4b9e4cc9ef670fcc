import type { Language } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";

/** The way back up. The last one is the page itself and has no link. */
export function Crumbs(props: {
  language: Language;
  links: readonly { readonly href: string; readonly label: string }[];
  here: string;
}) {
  return (
    <nav class="crumbs" aria-label={shellTexts[props.language].youAreHere}>
      <ol>
        {props.links.map((link) => (
          <li>
            <a href={link.href}>{link.label}</a>
          </li>
        ))}
        <li aria-current="page">{props.here}</li>
      </ol>
    </nav>
  );
}
