import { Hono } from "hono";
import { operations, type Operation, transfers } from "../../../policy/language/operations.ts";
import type { UseRefusal } from "../../../policy/rules/decide-use.ts";
import type { Context } from "../../context.ts";
import { type JournalFilter, type JournalPage, type ListedEntry, listEntries } from "../../journal/list-entries.ts";
import { retentionOf } from "../../journal/retention.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Status } from "../components/status.tsx";
import { type Column, Table } from "../components/table.tsx";
import { formatShortDate, formatTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleJournalTexts } from "../texts/console-journal.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { ConsolePage } from "./console-page.tsx";
import { JournalFilterForm } from "./journal-filter.tsx";
import { More } from "./more.tsx";
import { ClauseLink, categoryLabels, groundTitle, inPolicyOrder, operationName } from "./policy-words.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";
import { isId } from "../../config/new-id.ts";

const path = "/console/journal";
const allOperations: readonly Operation[] = [...operations, ...transfers];
const outcomes = ["done", "refused"] as const;
/** The journal: `?operation=`, `?outcome=done|refused`, `?before=<entry>`; what is not known is left out. */
export function journalRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>().get(path, async (c) => {
    const asked = c.req.query();
    const filter: JournalFilter = {
      operation: allOperations.find((operation) => operation === asked["operation"]),
      outcome: outcomes.find((outcome) => outcome === asked["outcome"]),
    };
    const before = isId(asked["before"] ?? "") ? asked["before"] : undefined;
    const page = await listEntries(ctx, { ...filter, olderThan: before });
    const isFirst = before === undefined;
    return c.html(<JournalPageView {...{ ctx, filter, page, isFirst }} visit={c.get("visit")} />);
  });
}

function JournalPageView(props: {
  ctx: Context;
  visit: Visit;
  filter: JournalFilter;
  page: JournalPage;
  isFirst: boolean;
}) {
  const { ctx, visit, filter, page } = props;
  const { language } = visit;
  const t = consoleJournalTexts[language];
  const parameters = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const here = pathInLanguage(language, path);
  return (
    <ConsolePage {...{ ctx, visit }} title={t.heading} path={path} section="journal">
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      <JournalFilterForm action={here} language={language} operations={allOperations} filter={filter} />
      {page.entries.length === 0 ? (
        <EmptyState heading={t.empty} />
      ) : (
        <Table caption={t.heading} captionHidden columns={columnsOf(ctx, language)} rows={page.entries} />
      )}
      <More {...{ language, parameters, isFirst: props.isFirst }} path={here} before={page.olderThan} />
    </ConsolePage>
  );
}

function columnsOf(ctx: Context, language: Language): readonly Column<ListedEntry>[] {
  const t = consoleJournalTexts[language];
  const { policy } = ctx;
  return [
    {
      header: t.columns.time,
      rowHeader: true,
      cell: ({ at, entryId }) => (
        <>
          {`${formatShortDate(at, language)}, ${formatTime(at)}`}
          <small class="entry-id">{entryId}</small>
        </>
      ),
    },
    { header: t.columns.operation, cell: ({ operation }) => operationName(language, operation) },
    {
      header: t.columns.purpose,
      cell: ({ purpose }) => {
        const months = retentionOf(purpose);
        return months === undefined ? groundTitle(policy, language, purpose) : t.prune(months);
      },
    },
    {
      header: t.columns.categories,
      cell: ({ categories }) =>
        categories.length === 0
          ? t.noCategories
          : categoryLabels(policy, language, inPolicyOrder(policy, categories)),
    },
    {
      header: t.columns.actor,
      cell: ({ actor, staffName }) => staffName ?? t.actors[actor],
    },
    { header: t.columns.outcome, cell: (entry) => <Outcome language={language} entry={entry} /> },
  ];
}

/** With the clause that the answer rests on: what it was done under, or what forbids it. */
function Outcome({ language, entry }: { language: Language; entry: ListedEntry }) {
  const t = consoleJournalTexts[language];
  const { outcome, clause } = entry;
  return (
    <>
      <Status tone={outcome === "done" ? "success" : "danger"}>{t.outcomes[outcome]}</Status>{" "}
      <small>
        {reasonText(language, entry.reason)} <ClauseLink language={language} clause={clause} />
      </small>
    </>
  );
}

function reasonText(language: Language, reason: string | null): string {
  const texts = refusalTexts[language];
  return reason !== null && isRefusal(texts, reason) ? texts[reason] : "";
}

function isRefusal(texts: Readonly<Record<UseRefusal, string>>, reason: string): reason is UseRefusal {
  return Object.hasOwn(texts, reason);
}
