import type { Child } from "hono/jsx";
import type { Context } from "../../context.ts";
import { companyIn } from "../company.ts";
import { Notice } from "../components/notice.tsx";
import { Page } from "../components/page.tsx";
import { formatDate } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { cabinetTexts } from "../texts/cabinet.ts";
import type { Visit } from "./visit.ts";

/** The sections in the order of the navigation, with their paths without the language. */
const sectionPaths = {
  data: "/cabinet",
  consents: "/cabinet/consents",
  history: "/cabinet/history",
  requests: "/cabinet/requests",
  receipts: "/cabinet/receipts",
  delete: "/cabinet/delete",
} as const;

type Section = keyof typeof sectionPaths;
const sections: readonly Section[] = ["data", "consents", "history", "requests", "receipts", "delete"];

/** The frame of every page that a signed-in person sees. `path`: without the language; by default the section's. */
export function CabinetPage(props: {
  ctx: Pick<Context, "policy">;
  visit: Visit;
  section: Section;
  title?: string | undefined;
  path?: string | undefined;
  hasErrors?: boolean | undefined;
  children: Child;
}) {
  const { ctx, visit, section } = props;
  const { language } = visit;
  return (
    <Page
      language={language}
      title={props.title ?? cabinetTexts[language].sections[section]}
      path={props.path ?? sectionPaths[section]}
      area="cabinet"
      company={companyIn(language, ctx.policy)}
      navigation={navigationIn(language)}
      current={pathInLanguage(language, sectionPaths[section])}
      signOut={{ action: pathInLanguage(language, "/cabinet/sign-out") }}
      hasErrors={props.hasErrors}
    >
      <StoppedNotice visit={visit} withLink={section !== "requests"} />
      {props.children}
    </Page>
  );
}

function navigationIn(language: Language) {
  const t = cabinetTexts[language].sections;
  return sections.map((section) => ({ href: pathInLanguage(language, sectionPaths[section]), label: t[section] }));
}

function StoppedNotice({ visit, withLink }: { visit: Visit; withLink: boolean }) {
  const { language, erasure } = visit;
  if (!erasure) return null;
  const t = cabinetTexts[language].stopped;
  return (
    <Notice tone="warning" heading={t.heading}>
      <p>
        {t.since(formatDate(erasure.acceptedAt, language))} {t.what} {t.due(formatDate(erasure.dueOn, language))}
      </p>
      {withLink ? (
        <p>
          <a href={pathInLanguage(language, "/cabinet/requests")}>{t.progress}</a>
        </p>
      ) : null}
    </Notice>
  );
}
