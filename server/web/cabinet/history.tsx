import { Hono } from "hono";
import { findGround } from "../../../policy/language/grounds.ts";
import { operations, transfers } from "../../../policy/language/operations.ts";
import type { HistoryEntry, HistoryPage as Entries } from "../../access/my-history.ts";
import { readMyHistory } from "../../access/my-history.ts";
import type { Context } from "../../context.ts";
import { ButtonLink, ButtonRow } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Timeline, type TimelineEntry } from "../components/timeline.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { lowerFirst } from "../lower-first.ts";
import { errorPage } from "../public/error-page.tsx";
import { cabinetTexts } from "../texts/cabinet.ts";
import { historyTexts, operationSentences } from "../texts/cabinet-history.ts";
import { operationNames } from "../texts/operations.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { CabinetPage } from "./cabinet-page.tsx";
import { ClauseLink } from "./clause-link.tsx";
import { type HistoryRun, historyRuns } from "./history-runs.ts";
import { categoryLabel, groundTitle } from "./policy-words.ts";
import { type CabinetEnv, cabinet, requireSignIn, type Visit } from "./visit.ts";
import { isId } from "../../config/new-id.ts";

type PolicyOnly = Pick<Context, "policy">;
const path = "/cabinet/history";
/** What was done with the person's data, from the journal (16). `?before=` an entry's id: the page of older ones. */
export function historyRoutes(ctx: Context): Hono<CabinetEnv> {
  return new Hono<CabinetEnv>().get(`${cabinet}/history`, requireSignIn(ctx), async (c) => {
    const visit = c.get("visit");
    const before = c.req.query("before");
    if (before !== undefined && !isId(before)) return errorPage(ctx, c, 404);
    const history = await readMyHistory(ctx, { subject: visit.subject, before });
    return c.html(<HistoryPage ctx={ctx} visit={visit} history={history} isFirst={before === undefined} />);
  });
}

function HistoryPage(props: { ctx: PolicyOnly; visit: Visit; history: Entries; isFirst: boolean }) {
  const { ctx, visit, history, isFirst } = props;
  const { language } = visit;
  const t = historyTexts[language];
  const here = pathInLanguage(language, path);
  return (
    <CabinetPage ctx={ctx} visit={visit} section="history">
      <PageHeading heading={cabinetTexts[language].sections.history}>
        <p>{t.lede}</p>
      </PageHeading>
      {history.entries.length === 0 ? (
        <EmptyState heading={t.none} />
      ) : (
        <Timeline
          language={language}
          entries={historyRuns(history.entries).map((run) => line(ctx, language, run))}
        />
      )}
      <ButtonRow>
        {history.older === undefined ? null : (
          <ButtonLink href={`${here}?before=${history.older}`} kind="secondary">
            {t.older}
          </ButtonLink>
        )}
        {isFirst ? null : (
          <ButtonLink href={here} kind="quiet">
            {t.newest}
          </ButtonLink>
        )}
      </ButtonRow>
    </CabinetPage>
  );
}

function line(ctx: PolicyOnly, language: Language, run: HistoryRun): TimelineEntry {
  const { entry } = run;
  return {
    at: entry.at,
    what: sentence(language, entry),
    detail: <Detail ctx={ctx} language={language} run={run} />,
    tone: entry.refusal !== undefined ? "warning" : entry.operation === "blocking" ? "success" : "neutral",
  };
}

function sentence(language: Language, { operation: id, actor, refusal }: HistoryEntry): string {
  const operation = [...operations, ...transfers].find((name) => name === id);
  if (operation === undefined) return id;
  if (refusal === undefined) return operationSentences[language][operation][actor === "subject" ? "you" : "others"];
  return `${historyTexts[language].refused}: ${lowerFirst(operationNames[language][operation])}`;
}

function Detail({ ctx, language, run }: { ctx: PolicyOnly; language: Language; run: HistoryRun }) {
  const { entry, count, since } = run;
  const t = historyTexts[language];
  const found = findGround(ctx.policy, entry.purpose);
  const why = found ? { clause: found.ground.clause, anchor: entry.purpose } : { clause: entry.clause };
  const categories = entry.categories.map((id) => lowerFirst(categoryLabel(ctx.policy, language, id)));
  return (
    <>
      <p>
        {t.whoLabel}: {t.who[entry.actor]}. {t.whyLabel}: {groundTitle(ctx.policy, language, entry.purpose)},{" "}
        <ClauseLink language={language} {...why} />.
      </p>
      {categories.length === 0 ? null : (
        <p>
          {t.whatLabel}: {categories.join(", ")}.
        </p>
      )}
      {entry.refusal === undefined ? null : (
        <p>
          {refusalWords(language, entry.refusal)} <ClauseLink language={language} clause={entry.clause} />
        </p>
      )}
      {count === 1 ? null : <p>{t.times(count, formatDateTime(since, language))}</p>}
    </>
  );
}

function refusalWords(language: Language, reason: string): string {
  const words: Readonly<Record<string, string>> = refusalTexts[language];
  return words[reason] ?? reason;
}
