import { type Language, languageNames, languages, pathInLanguage } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";

/** Links to the same page in every language, each named in itself. `path` has no language prefix. */
export function LanguageSwitcher(props: { language: Language; path: string }) {
  return (
    <nav class="languages" aria-label={shellTexts[props.language].language}>
      <ul>
        {languages.map((language) => (
          <li>
            <a
              href={pathInLanguage(language, props.path)}
              lang={language}
              hreflang={language}
              aria-current={language === props.language ? "true" : undefined}
            >
              {languageNames[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
