import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { findEnquiry, type FoundEnquiry } from "../../enquiries/find-enquiry.ts";
import { revealField } from "../../enquiries/reveal-field.ts";
import { ButtonLink, ButtonRow } from "../components/button.tsx";
import { Crumbs } from "../components/crumbs.tsx";
import { ErrorSummary } from "../components/error-summary.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Status } from "../components/status.tsx";
import { SummaryList } from "../components/summary-list.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { isLanguage, pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { consoleEnquiriesTexts } from "../texts/console-enquiries.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { ConsoleMessage } from "./console-message.tsx";
import { ConsolePage } from "./console-page.tsx";
import { enquiryTones, formTitle } from "./enquiries.tsx";
import { ClauseLink, categoryLabel, groundTitle } from "./policy-words.tsx";
import { readForm } from "../read-form.ts";
import { type Answer, RevealFields } from "./reveal-fields.tsx";
import { revealGroups } from "./reveal-groups.ts";
import type { ConsoleEnv, Visit } from "./visit.ts";

/** One enquiry. A revealed field stands on the page that answers the POST: in no address and in no cache. */
export function enquiryRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>()
    .get("/console/enquiries/:number", async (c) => {
      const visit = c.get("visit");
      const enquiry = await findEnquiry(ctx, c.req.param("number"));
      if (!enquiry) return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, 404);
      return c.html(<EnquiryPage {...{ ctx, visit, enquiry }} />);
    })
    .post("/console/enquiries/:number", async (c) => {
      const visit = c.get("visit");
      const enquiry = await findEnquiry(ctx, c.req.param("number"));
      if (!enquiry) return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, 404);
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      const category = form.field("category");
      const group = revealGroups(ctx.policy, enquiry).find(({ categories }) => categories.includes(category));
      const purpose = form.field(group?.name ?? "purpose");
      const { staffId } = visit.member;
      const outcome = await revealField(ctx, { number: enquiry.number, category, purpose, staffId });
      const answer: Answer = { category, purpose, outcome };
      return c.html(<EnquiryPage {...{ ctx, visit, enquiry, answer }} />, statusOf(outcome.kind));
    });
}

function statusOf(kind: Answer["outcome"]["kind"]): 200 | 403 | 404 | 422 {
  return ({ revealed: 200, refused: 403, "nothing-there": 404, "no-purpose": 422 } as const)[kind];
}

function EnquiryPage(props: { ctx: Context; visit: Visit; enquiry: FoundEnquiry; answer?: Answer | undefined }) {
  const { ctx, visit, enquiry, answer } = props;
  const { language } = visit;
  const texts = consoleEnquiriesTexts[language];
  const t = texts.enquiry;
  const list = pathInLanguage(language, "/console/enquiries");
  const heading = t.heading(enquiry.number);
  const errors = answer?.outcome.kind === "no-purpose" ? [{ field: "purpose", message: t.choosePurpose }] : [];
  return (
    <ConsolePage
      {...{ ctx, visit }}
      title={heading}
      path={`/console/enquiries/${enquiry.number}`}
      section="enquiries"
      hasErrors={errors.length > 0}
    >
      <ErrorSummary language={language} errors={errors} />
      <Crumbs language={language} links={[{ href: list, label: texts.heading }]} here={heading} />
      <PageHeading heading={heading} above={formTitle(ctx, language, enquiry.form)} />
      {answer === undefined ? null : <AnswerNotice {...{ ctx, visit, answer }} />}
      {enquiry.state === "stopped" ? (
        <Notice tone="warning" heading={t.stoppedHeading}>
          <p>{t.stopped}</p>
        </Notice>
      ) : null}
      <Facts {...{ ctx, visit, enquiry }} />
      <h2>{t.data}</h2>
      <RevealFields {...{ ctx, language, enquiry, answer }} />
      {enquiry.state === "open" ? (
        <>
          <h2>{t.whenDone}</h2>
          <p>{t.whenDoneLede}</p>
          <ButtonRow>
            <ButtonLink href={`${list}/${enquiry.number}/fulfil`} kind="secondary">
              {t.toFulfil}
            </ButtonLink>
          </ButtonRow>
        </>
      ) : null}
    </ConsolePage>
  );
}

function Facts(props: { ctx: Context; visit: Visit; enquiry: FoundEnquiry }) {
  const { ctx, visit, enquiry } = props;
  const { language } = visit;
  const t = consoleEnquiriesTexts[language];
  const items = [
    {
      term: t.columns.state,
      value: <Status tone={enquiryTones[enquiry.state]}>{t.state[enquiry.state]}</Status>,
    },
    { term: t.columns.time, value: formatDateTime(enquiry.submittedAt, language) },
    {
      term: t.columns.language,
      value: isLanguage(enquiry.language) ? consoleTexts[language].languages[enquiry.language] : enquiry.language,
    },
    { term: t.enquiry.came, value: <PurposeLink ctx={ctx} visit={visit} purpose={enquiry.purpose} /> },
  ];
  const { fulfilledAt, fulfilledBy } = enquiry;
  if (fulfilledAt !== null) {
    const when = formatDateTime(fulfilledAt, language);
    items.push({ term: t.enquiry.fulfilled, value: fulfilledBy === null ? when : `${when}, ${fulfilledBy}` });
  }
  return <SummaryList items={items} />;
}

function PurposeLink(props: { ctx: Context; visit: Visit; purpose: string }) {
  const { ctx, visit, purpose } = props;
  const { language } = visit;
  const href = `${pathInLanguage(language, "/policy")}#${purpose}`;
  return <a href={href}>{groundTitle(ctx.policy, language, purpose)}</a>;
}

/** What came of asking for a field, above everything else. */
function AnswerNotice(props: { ctx: Context; visit: Visit; answer: Answer }) {
  const { ctx, visit, answer } = props;
  const { language } = visit;
  const t = consoleEnquiriesTexts[language].enquiry;
  const { outcome } = answer;
  switch (outcome.kind) {
    case "no-purpose":
      return null;
    case "revealed": {
      const field = categoryLabel(ctx.policy, language, answer.category);
      return (
        <Notice tone="success" heading={`${t.revealed}: ${field}`} announce>
          <p>
            <strong class="revealed">{outcome.value}</strong>
          </p>
          <p>{t.revealedFor(groundTitle(ctx.policy, language, outcome.purpose))}</p>
        </Notice>
      );
    }
    case "refused":
      return (
        <Notice tone="danger" heading={t.refused} announce>
          <p>{refusalTexts[language][outcome.reason]}</p>
          <p>
            {t.refusedWhy}: <ClauseLink language={language} clause={outcome.clause} />.
          </p>
        </Notice>
      );
    case "nothing-there":
      return <Notice tone="warning" heading={t.gone} announce />;
  }
}
