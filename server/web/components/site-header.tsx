import { type Language, pathInLanguage } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";
import type { Area, Company, SignOut } from "./page.tsx";
import { LanguageSwitcher } from "./language-switcher.tsx";
import { Mark } from "./mark.tsx";

export function SiteHeader(props: {
  language: Language;
  path: string;
  area: Area;
  company: Company;
  signOut?: SignOut | undefined;
}) {
  const t = shellTexts[props.language];
  return (
    <header class="site-header">
      <div class="site-header__row">
        <a class="brand" href={pathInLanguage(props.language, "/")}>
          <Mark size={36} />
          <span class="brand__name">{props.company.name}</span>
          {props.area === "public" ? null : <span class="brand__area">{t[props.area]}</span>}
        </a>
        <div class="site-header__tools">
          <LanguageSwitcher language={props.language} path={props.path} />
          {props.area === "public" ? (
            <a class="site-header__cabinet" href={pathInLanguage(props.language, "/cabinet")}>
              {t.cabinet}
            </a>
          ) : null}
          {props.signOut ? (
            <form method="post" action={props.signOut.action} class="sign-out">
              {props.signOut.who === undefined ? null : (
                <span class="sign-out__who">{props.signOut.who}</span>
              )}
              <button type="submit" class="button button--quiet">
                {t.signOut}
              </button>
            </form>
          ) : null}
        </div>
      </div>
    </header>
  );
}
