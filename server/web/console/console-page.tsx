import type { Child } from "hono/jsx";
import type { Context } from "../../context.ts";
import { companyIn } from "../company.ts";
import type { NavigationLink } from "../components/navigation.tsx";
import { Page } from "../components/page.tsx";
import { pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { DemoNotice } from "./demo-notice.tsx";
import { mayOpen, type Section, sectionPaths, sections } from "./sections.ts";
import type { Visit } from "./visit.ts";

/** The frame of every page that a signed-in member of staff sees. `path`: without the language. */
export function ConsolePage(props: {
  ctx: Pick<Context, "config" | "policy" | "now" | "demoClock">;
  visit: Visit;
  title: string;
  path: string;
  section?: Section | undefined;
  hasErrors?: boolean | undefined;
  children: Child;
}) {
  const { ctx, visit, section } = props;
  const { language } = visit;
  return (
    <Page
      language={language}
      title={props.title}
      path={props.path}
      area="console"
      company={companyIn(language, ctx.policy)}
      navigation={navigationOf(visit)}
      current={section === undefined ? undefined : pathInLanguage(language, sectionPaths[section])}
      signOut={{ action: pathInLanguage(language, "/console/sign-out"), who: visit.member.name }}
      hasErrors={props.hasErrors}
    >
      {ctx.config.kind === "demo" ? <DemoNotice ctx={ctx} language={language} /> : null}
      {props.children}
    </Page>
  );
}

function navigationOf({ language, member, waiting }: Visit): readonly NavigationLink[] {
  const t = consoleTexts[language].sections;
  const requests = waiting.requests.open;
  const counts: Readonly<Partial<Record<Section, number | undefined>>> = { ...waiting, requests };
  return sections
    .filter((section) => mayOpen(member.role, section))
    .map((section) => ({
      href: pathInLanguage(language, sectionPaths[section]),
      label: t[section],
      count: counts[section],
    }));
}
