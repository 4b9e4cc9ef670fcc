import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { type ErasureProgress, findErasureOfRequest } from "../../erasure/find-erasure.ts";
import { type Answered, answerRequest } from "../../requests/answer-request.ts";
import { type ReadLetters, readRequestLetters } from "../../requests/read-request-letters.ts";
import { findRequest, type RegisteredRequest } from "../../requests/register.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { Crumbs } from "../components/crumbs.tsx";
import { DueMeter } from "../components/due-meter.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { SummaryList } from "../components/summary-list.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { pathInLanguage } from "../../language/language.ts";
import { consoleRequestsTexts } from "../texts/console-requests.ts";
import { ConsoleMessage } from "./console-message.tsx";
import { ConsolePage } from "./console-page.tsx";
import { ErasureSteps } from "./erasure-steps.tsx";
import { ClauseLink } from "./policy-words.tsx";
import { clockOf } from "./request-clock.ts";
import { requestTitle } from "../request-title.ts";
import { RequestLetters } from "./request-letters.tsx";
import { RequestState } from "./requests.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";

const list = "/console/requests";
const one = `${list}/:number`;

/** What the page answers to, where it answers a form. */
type Answer =
  | { readonly kind: "letters"; readonly letters: Exclude<ReadLetters, { kind: "unknown" }> }
  | { readonly kind: "not-closed"; readonly why: Exclude<Answered["kind"], "answered" | "unknown"> };

/** One request: its clock, its letters on demand, how far an erasure has come, and closing it once answered. */
export function requestRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>()
    .get(one, async (c) => {
      const { page, status } = await answerWith(ctx, c.get("visit"), c.req.param("number"));
      return c.html(page, status);
    })
    .post(`${one}/letters`, async (c) => {
      const visit = c.get("visit");
      const number = c.req.param("number");
      const letters = await readRequestLetters(ctx, { number, staffId: visit.member.staffId });
      const answer: Answer | undefined = letters.kind === "unknown" ? undefined : { kind: "letters", letters };
      const { page, status } = await answerWith(ctx, visit, number, answer);
      return c.html(page, letters.kind === "refused" ? 403 : status);
    })
    .get(`${one}/letters`, (c) => {
      return c.redirect(pathInLanguage(c.get("visit").language, `${list}/${c.req.param("number")}`), 303);
    })
    .post(`${one}/close`, async (c) => {
      const visit = c.get("visit");
      const number = c.req.param("number");
      const answered = await answerRequest(ctx, { number, staffId: visit.member.staffId });
      if (answered.kind === "answered") {
        const ended = answered.ends ? "&ended" : "";
        return c.redirect(pathInLanguage(visit.language, `${list}?closed=${number}${ended}`), 303);
      }
      const answer: Answer | undefined =
        answered.kind === "unknown" ? undefined : { kind: "not-closed", why: answered.kind };
      const { page, status } = await answerWith(ctx, visit, number, answer);
      return c.html(page, status === 200 ? 409 : status);
    });
}

async function answerWith(ctx: Context, visit: Visit, number: string, answer?: Answer) {
  const request = await findRequest(ctx, number);
  if (!request) {
    return { page: <ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, status: 404 } as const;
  }
  const erasure = await findErasureOfRequest(ctx, number);
  return { page: <RequestPage {...{ ctx, visit, request, erasure, answer }} />, status: 200 } as const;
}

function RequestPage(props: {
  ctx: Context;
  visit: Visit;
  request: RegisteredRequest;
  erasure: ErasureProgress | undefined;
  answer: Answer | undefined;
}) {
  const { ctx, visit, request, erasure, answer } = props;
  const { language } = visit;
  const texts = consoleRequestsTexts[language];
  const heading = texts.request.heading(request.number);
  const letters = answer?.kind === "letters" ? answer.letters : undefined;
  return (
    <ConsolePage {...{ ctx, visit }} title={heading} path={`${list}/${request.number}`} section="requests">
      <Crumbs
        language={language}
        links={[{ href: pathInLanguage(language, list), label: texts.heading }]}
        here={heading}
      />
      <PageHeading heading={heading} above={requestTitle(ctx.policy, language, request.kind)} />
      {answer?.kind === "not-closed" ? (
        <Notice tone="warning" heading={texts.request.notClosed[answer.why]} announce />
      ) : null}
      <Standing {...{ ctx, visit, request }} />
      <Facts {...{ ctx, visit, request }} />
      {request.channel === "letter" ? <RequestLetters {...{ language, request, letters }} /> : null}
      {erasure === undefined ? null : <ErasureSteps {...{ language, erasure }} />}
      {mayClose(request) ? <CloseForm {...{ visit, request }} /> : null}
    </ConsolePage>
  );
}

/** What an unconfirmed request waits for. */
function Standing({ visit, request }: { ctx: Context; visit: Visit; request: RegisteredRequest }) {
  if (request.state !== "unconfirmed") return null;
  const t = consoleRequestsTexts[visit.language].request[request.linkLive ? "linkLive" : "linkDead"];
  return (
    <Notice tone={request.linkLive ? "info" : "warning"} heading={t.heading}>
      <p>{t.body}</p>
    </Notice>
  );
}

function Facts({ ctx, visit, request }: { ctx: Context; visit: Visit; request: RegisteredRequest }) {
  const { language } = visit;
  const t = consoleRequestsTexts[language];
  const clock = clockOf(ctx, language, request);
  const items = [
    { term: t.columns.state, value: <RequestState language={language} request={request} /> },
    { term: t.columns.channel, value: t.channels[request.channel] },
    { term: t.columns.received, value: formatDateTime(request.receivedAt, language) },
    { term: t.request.clause, value: <ClauseLink language={language} clause={request.clause} /> },
  ];
  if (request.confirmedAt !== null) {
    items.push({ term: t.request.confirmed, value: formatDateTime(request.confirmedAt, language) });
  }
  if (request.closedAt !== null) {
    const when = formatDateTime(request.closedAt, language);
    const by = request.closedBy ?? undefined;
    items.push({ term: t.request.closed, value: by === undefined ? when : `${when}, ${by}` });
  }
  return (
    <>
      <SummaryList items={items} />
      {clock === undefined ? null : <DueMeter {...clock} />}
    </>
  );
}

/** An erasure closes its request by itself; a link that still works leaves it to the person. */
function mayClose({ state, linkLive }: RegisteredRequest): boolean {
  return state === "staff" || (state === "unconfirmed" && !linkLive);
}

function CloseForm({ visit, request }: { visit: Visit; request: RegisteredRequest }) {
  const { language } = visit;
  const t = consoleRequestsTexts[language].request;
  return (
    <>
      <h2>{t.close}</h2>
      <p>{t.closeLede}</p>
      <p>{t.closeEnds}</p>
      <Form action={pathInLanguage(language, `${list}/${request.number}/close`)}>
        <ButtonRow>
          <Button>{t.closeButton}</Button>
        </ButtonRow>
      </Form>
    </>
  );
}
