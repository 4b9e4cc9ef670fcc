import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { isRequestNumber, listRequests, type RegisteredRequest } from "../../requests/register.ts";
import { DueMeterLine } from "../components/due-meter.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Notice, type Tone } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Status } from "../components/status.tsx";
import { type Column, Table } from "../components/table.tsx";
import { formatShortDate } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleRequestsTexts } from "../texts/console-requests.ts";
import { ConsolePage } from "./console-page.tsx";
import { clockOf } from "./request-clock.ts";
import { requestTitle } from "../request-title.ts";
import { Views } from "./views.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";

const path = "/console/requests";
const views = ["open", "closed"] as const;
type View = (typeof views)[number];

/** What was just closed, and whether that ended everything; for the page that the answer leads to. */
interface Closed {
  readonly number: string;
  readonly ended: boolean;
}

/** The register of requests, the nearest due date first: `?view=open|closed`. */
export function requestsRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>().get(path, async (c) => {
    const view = c.req.query("view") === "closed" ? "closed" : "open";
    const number = c.req.query("closed") ?? "";
    const closed = isRequestNumber(number) ? { number, ended: c.req.query("ended") !== undefined } : undefined;
    const requests = (await listRequests(ctx)).filter(({ state }) => (state === "closed") === (view === "closed"));
    return c.html(<RequestsPage {...{ ctx, view, requests, closed }} visit={c.get("visit")} />);
  });
}

/** The state of a request in a word: how it ended, where it has. */
export function RequestState({ language, request }: { language: Language; request: RegisteredRequest }) {
  const t = consoleRequestsTexts[language];
  const { state, outcome } = request;
  return <Status tone={tones[state]}>{outcome === null ? t.states[state] : t.outcomes[outcome]}</Status>;
}

const tones: Readonly<Record<RegisteredRequest["state"], Tone>> = {
  unconfirmed: "neutral",
  staff: "warning",
  erasing: "info",
  closed: "success",
};

function RequestsPage(props: {
  ctx: Context;
  visit: Visit;
  view: View;
  requests: readonly RegisteredRequest[];
  closed: Closed | undefined;
}) {
  const { ctx, visit, view, requests, closed } = props;
  const { language } = visit;
  const t = consoleRequestsTexts[language];
  const here = pathInLanguage(language, path);
  return (
    <ConsolePage {...{ ctx, visit }} title={t.heading} path={path} section="requests">
      {closed === undefined ? null : (
        <Notice tone="success" heading={t.closedNow(closed.number)} announce>
          {closed.ended ? <p>{t.endedNow}</p> : undefined}
        </Notice>
      )}
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      <Views
        label={t.filter}
        views={views.map((one) => ({ href: `${here}?view=${one}`, label: t.views[one], chosen: one === view }))}
      />
      {requests.length === 0 ? (
        <EmptyState heading={t.empty[view]}>{view === "open" ? <p>{t.emptyHint}</p> : undefined}</EmptyState>
      ) : (
        <Table caption={t.heading} captionHidden columns={columnsOf(ctx, language)} rows={requests} />
      )}
    </ConsolePage>
  );
}

function columnsOf(ctx: Context, language: Language): readonly Column<RegisteredRequest>[] {
  const t = consoleRequestsTexts[language];
  return [
    {
      header: t.columns.number,
      rowHeader: true,
      cell: ({ number }) => <a href={pathInLanguage(language, `${path}/${number}`)}>{`№ ${number}`}</a>,
    },
    { header: t.columns.kind, cell: ({ kind }) => requestTitle(ctx.policy, language, kind) },
    { header: t.columns.channel, cell: ({ channel }) => t.channels[channel] },
    { header: t.columns.received, cell: ({ receivedAt }) => formatShortDate(receivedAt, language) },
    { header: t.columns.due, cell: (request) => <Due ctx={ctx} language={language} request={request} /> },
    { header: t.columns.state, cell: (request) => <RequestState language={language} request={request} /> },
  ];
}

function Due(props: { ctx: Context; language: Language; request: RegisteredRequest }) {
  const { ctx, language, request } = props;
  const clock = clockOf(ctx, language, request);
  return (
    <div class="due">
      {formatShortDate(request.dueOn, language)}
      {clock === undefined ? null : <DueMeterLine {...clock} />}
    </div>
  );
}
