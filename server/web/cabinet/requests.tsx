import { Hono } from "hono";
import { findMyErasure, type MyErasure, type MyRequest, readMyRequests } from "../../access/my-requests.ts";
import { calendar } from "../../config/policy.ts";
import type { Context } from "../../context.ts";
import { Card } from "../components/card.tsx";
import { DueMeter } from "../components/due-meter.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Status } from "../components/status.tsx";
import { type SummaryItem, SummaryList } from "../components/summary-list.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { findRequestKind } from "../../receipts/policy-parts.ts";
import { limitUsed } from "../limit-used.ts";
import { requestTitle } from "../request-title.ts";
import { cabinetTexts } from "../texts/cabinet.ts";
import { requestsTexts } from "../texts/cabinet-requests.ts";
import { CabinetPage } from "./cabinet-page.tsx";
import { ClauseLink } from "./clause-link.tsx";
import { ErasureSteps } from "./erasure-steps.tsx";
import { type CabinetEnv, cabinet, requireSignIn, type Visit } from "./visit.ts";

type Clocked = Pick<Context, "policy" | "now">;

/** The person's lines in the register of requests, with their clocks. */
export function requestsRoutes(ctx: Context): Hono<CabinetEnv> {
  return new Hono<CabinetEnv>().get(`${cabinet}/requests`, requireSignIn(ctx), async (c) => {
    const visit = c.get("visit");
    const [requests, erasure] = await Promise.all([
      readMyRequests(ctx, visit.subject),
      findMyErasure(ctx, visit.subject),
    ]);
    return c.html(<RequestsPage ctx={ctx} visit={visit} requests={requests} erasure={erasure} />);
  });
}

function RequestsPage(props: {
  ctx: Clocked;
  visit: Visit;
  requests: readonly MyRequest[];
  erasure: MyErasure | undefined;
}) {
  const { ctx, visit, requests, erasure } = props;
  const { language } = visit;
  const t = requestsTexts[language];
  return (
    <CabinetPage ctx={ctx} visit={visit} section="requests">
      <PageHeading heading={cabinetTexts[language].sections.requests}>
        <p>{t.lede}</p>
      </PageHeading>
      {erasure && erasure.requestId === undefined ? (
        <UnaskedErasure ctx={ctx} language={language} erasure={erasure} />
      ) : null}
      {requests.map((request) => (
        <RequestCard
          ctx={ctx}
          language={language}
          request={request}
          erasure={erasure?.requestId === request.requestId ? erasure : undefined}
        />
      ))}
      {requests.length === 0 && !erasure ? <EmptyState heading={t.none} /> : null}
      {erasure ? null : <HowToAsk ctx={ctx} language={language} />}
    </CabinetPage>
  );
}

const tones = { unconfirmed: "warning", staff: "info", erasing: "info", closed: "success" } as const;

function RequestCard(props: {
  ctx: Clocked;
  language: Language;
  request: MyRequest;
  erasure: MyErasure | undefined;
}) {
  const { ctx, language, request, erasure } = props;
  const t = requestsTexts[language];
  const state = request.outcome === null ? t.states[request.state] : t.outcomes[request.outcome];
  const items: SummaryItem[] = [
    { term: t.asked, value: requestTitle(ctx.policy, language, request.kind) },
    { term: t.received, value: `${formatDateTime(request.receivedAt, language)}, ${t.channels[request.channel]}` },
    { term: t.clause, value: <ClauseLink language={language} clause={request.clause} /> },
  ];
  if (request.closedAt) items.push({ term: t.closed, value: formatDateTime(request.closedAt, language) });
  return (
    <Card heading={t.request(request.number)} aside={<Status tone={tones[request.state]}>{state}</Status>}>
      <SummaryList items={items} />
      {request.state === "unconfirmed" ? <Notice tone="warning" heading={t.confirm} /> : null}
      <RequestClock ctx={ctx} language={language} request={request} />
      {erasure ? (
        <>
          <h3>{t.steps}</h3>
          <ErasureSteps language={language} erasure={erasure} />
        </>
      ) : null}
    </Card>
  );
}

/** A destruction that no request led to: the last consent was withdrawn, or the purpose was reached (17.2, 17.4). */
function UnaskedErasure({ ctx, language, erasure }: { ctx: Clocked; language: Language; erasure: MyErasure }) {
  const t = requestsTexts[language];
  const { limit } = ctx.policy.requests.stop;
  return (
    <Card heading={t.erasure} aside={<Status tone="info">{t.states.erasing}</Status>}>
      <p>
        {erasure.event === "17.4" ? t.erasureWhat.achieved : t.erasureWhat.withdrawn}{" "}
        <ClauseLink language={language} clause={erasure.event} />
      </p>
      <DueMeter
        language={language}
        {...limitUsed(limit, dayIn(ctx, erasure.acceptedAt), dayIn(ctx, ctx.now()), calendar)}
        dueOn={erasure.dueOn}
        state="running"
      />
      <h3>{t.steps}</h3>
      <ErasureSteps language={language} erasure={erasure} />
    </Card>
  );
}

/** The clock of a request; one of a kind that only an earlier policy had shows its last day and no more. */
function RequestClock({ ctx, language, request }: { ctx: Clocked; language: Language; request: MyRequest }) {
  const kind = findRequestKind(ctx.policy, request.kind);
  if (!kind) return null;
  const until = dayIn(ctx, request.closedAt ?? ctx.now());
  return (
    <DueMeter
      language={language}
      {...limitUsed(kind.limit, dayIn(ctx, request.receivedAt), until, calendar)}
      dueOn={request.dueOn}
      state={request.state === "closed" ? "done" : "running"}
    />
  );
}

function HowToAsk({ ctx, language }: { ctx: Clocked; language: Language }) {
  const t = requestsTexts[language];
  const { email } = ctx.policy.controller;
  const { rectification, stop } = ctx.policy.requests;
  const lines = language === "ky" ? "ky" : "ru";
  return (
    <>
      <h2>{t.how}</h2>
      <p>
        <a href={pathInLanguage(language, "/cabinet/delete")}>{t.howDelete}</a>. {t.howLetterBefore}{" "}
        <a href={`mailto:${email}`}>{email}</a> {t.howLetterAfter}
      </p>
      <ul>
        {[rectification, stop].map(({ subjectLines }) => (
          <li lang={lines === language ? undefined : lines}>«{subjectLines[lines]}»</li>
        ))}
      </ul>
    </>
  );
}

function dayIn({ policy }: Clocked, at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO(policy.controller.timeZone).toPlainDate();
}
