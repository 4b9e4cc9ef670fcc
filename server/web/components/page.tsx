import type { Child } from "hono/jsx";
import { raw } from "hono/html";
import { favicon, stylesheet } from "../assets.ts";
import { type Language, languages, pathInLanguage } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";
import { Navigation, type NavigationLink } from "./navigation.tsx";
import { SiteFooter } from "./site-footer.tsx";
import { SiteHeader } from "./site-header.tsx";

export type Area = "public" | "cabinet" | "console";

/** Who answers for the page. `requisites`: registration, address … one line each, in the page's language. */
export type Company = {
  readonly name: string;
  readonly requisites: readonly string[];
  readonly email?: string | undefined;
};

/** Where the sign-out form posts, and who is signed in, in words that person chose to be shown. */
export type SignOut = { readonly action: string; readonly who?: string | undefined };

export type PageProps = {
  language: Language;
  title: string;
  /** Without the language prefix: `/policy`. The switcher links to it in the other languages. */
  path: string;
  area: Area;
  company: Company;
  /** Sections of the cabinet or the console, and the `href` of the one shown. */
  navigation?: readonly NavigationLink[] | undefined;
  current?: string | undefined;
  signOut?: SignOut | undefined;
  /** A form came back with errors: the title says so, since it is what a screen reader reads first. */
  hasErrors?: boolean | undefined;
  children: Child;
};

/** A whole document, doctype included: `return c.html(<Page …>…</Page>)`. */
export function Page(props: PageProps) {
  const { language, area, company } = props;
  const t = shellTexts[language];
  const hasNavigation = props.navigation !== undefined && props.navigation.length > 0;
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={language} class={`area-${area}`}>
        <Head {...props} />
        <body>
          <a class="skip-link" href="#main">
            {t.skipToContent}
          </a>
          <SiteHeader {...{ language, area, company }} path={props.path} signOut={props.signOut} />
          <div class={hasNavigation ? "frame frame--with-navigation" : "frame"}>
            {hasNavigation ? (
              <Navigation language={language} links={props.navigation ?? []} current={props.current} />
            ) : null}
            <main id="main" tabindex={-1}>
              {props.children}
            </main>
          </div>
          <SiteFooter {...{ language, area, company }} />
        </body>
      </html>
    </>
  );
}

function Head(props: PageProps) {
  const t = shellTexts[props.language];
  return (
    <head>
      <meta charset="utf-8" />
      <title>{`${props.hasErrors ? `${t.error}: ` : ""}${props.title} – ${props.company.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="format-detection" content="telephone=no" />
      {props.area === "public" ? null : <meta name="robots" content="noindex, nofollow" />}
      <link rel="stylesheet" href={stylesheet.href} />
      <link rel="icon" type="image/svg+xml" href={favicon.href} />
      {props.area === "public"
        ? languages.map((other) => (
            <link rel="alternate" hreflang={other} href={pathInLanguage(other, props.path)} />
          ))
        : null}
    </head>
  );
}
