import { Hono } from "hono";
import type { Child } from "hono/jsx";
import type { Context } from "../../context.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { type Figure, Figures } from "../components/figures.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { formatDate } from "../../language/format-date.ts";
import { pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { consoleOverviewTexts } from "../texts/console-overview.ts";
import { ConsolePage } from "./console-page.tsx";
import { type Section, sectionPaths } from "./sections.ts";
import type { ConsoleEnv, Visit } from "./visit.ts";

/** How things stand, and what to do next. */
export function overviewRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>().get("/console", (c) => {
    return c.html(<OverviewPage ctx={ctx} visit={c.get("visit")} />);
  });
}

function OverviewPage({ ctx, visit }: { ctx: Context; visit: Visit }) {
  const { language, member } = visit;
  const t = consoleOverviewTexts[language];
  const steps = nextSteps(visit);
  return (
    <ConsolePage
      {...{ ctx, visit }}
      title={consoleTexts[language].sections.overview}
      path="/console"
      section="overview"
    >
      <PageHeading heading={t.heading(member.name)} />
      <Figures figures={figuresOf(visit)} />
      {steps.length === 0 ? (
        <EmptyState heading={t.allDone}>
          <p>{t.allDoneHint}</p>
        </EmptyState>
      ) : (
        <>
          <h2>{t.next}</h2>
          <ol>{steps}</ol>
        </>
      )}
    </ConsolePage>
  );
}

function figuresOf({ language, waiting }: Visit): readonly Figure[] {
  const t = consoleOverviewTexts[language].figures;
  const href = (section: Section) => pathInLanguage(language, sectionPaths[section]);
  const { open, overdue } = waiting.requests;
  const figures: Figure[] = [
    { label: t.enquiries, value: String(waiting.enquiries), href: href("enquiries") },
    { label: t.requests, value: String(open), href: href("requests") },
    { label: t.overdue, value: String(overdue), href: href("requests"), tone: overdue > 0 ? "danger" : undefined },
  ];
  if (waiting.letters !== undefined) {
    figures.push({ label: t.letters, value: String(waiting.letters), href: href("letters") });
  }
  return figures;
}

/** The most urgent first. */
function nextSteps({ language, waiting }: Visit): readonly Child[] {
  const t = consoleOverviewTexts[language].steps;
  const step = (section: Section, text: string) => (
    <li>
      <a href={pathInLanguage(language, sectionPaths[section])}>{text}</a>
    </li>
  );
  const { enquiries, requests, letters } = waiting;
  const steps: Child[] = [];
  if (requests.overdue > 0) steps.push(step("requests", t.overdue(requests.overdue)));
  else if (requests.next) {
    steps.push(step("requests", t.due(requests.next.number, formatDate(requests.next.dueOn, language))));
  }
  if (enquiries > 0) steps.push(step("enquiries", t.enquiries(enquiries)));
  if (letters) steps.push(step("letters", t.letters(letters)));
  return steps;
}
