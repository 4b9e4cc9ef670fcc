import { Hono } from "hono";
import type { Form as PolicyForm } from "../../../policy/language/policy.ts";
import type { Context } from "../../context.ts";
import { isEnquiryNumber } from "../../enquiries/find-enquiry.ts";
import { type EnquiryPage, type ListedEnquiry, listEnquiries } from "../../enquiries/list-enquiries.ts";
import { type EnquiryState, enquiryStates, isEnquiryState } from "../../journal/enquiry-state.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { Notice, type Tone } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Status } from "../components/status.tsx";
import { type Column, Table } from "../components/table.tsx";
import { formatShortDate, formatTime } from "../../language/format-date.ts";
import { isLanguage, type Language, pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { consoleEnquiriesTexts } from "../texts/console-enquiries.ts";
import { ConsolePage } from "./console-page.tsx";
import { HiddenFields } from "./hidden-fields.tsx";
import { More } from "./more.tsx";
import { Views } from "./views.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";

const path = "/console/enquiries";

/** The list of enquiries: `?state=open|fulfilled|stopped`, `?before=<number>`. */
export function enquiriesRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>().get(path, async (c) => {
    const asked = c.req.query("state");
    const state = isEnquiryState(asked) ? asked : "open";
    const before = numberOf(c.req.query("before"));
    const page = await listEnquiries(ctx, { state, olderThan: before });
    const fulfilled = numberOf(c.req.query("fulfilled"));
    return c.html(
      <EnquiriesPage {...{ ctx, state, page, fulfilled }} visit={c.get("visit")} isFirst={before === undefined} />,
    );
  });
}

function numberOf(text: string | undefined): string | undefined {
  return text !== undefined && isEnquiryNumber(text) ? text : undefined;
}

/** How a state looks, wherever an enquiry is shown. */
export const enquiryTones: Readonly<Record<EnquiryState, Tone>> = {
  open: "info",
  fulfilled: "success",
  stopped: "neutral",
};

/** What the policy calls a form; its own id for one that only an earlier version had. */
export function formTitle(ctx: Pick<Context, "policy">, language: Language, id: string): string {
  const forms: Readonly<Record<string, PolicyForm>> = ctx.policy.forms;
  return forms[id]?.title[language] ?? id;
}

function EnquiriesPage(props: {
  ctx: Context;
  visit: Visit;
  state: EnquiryState;
  page: EnquiryPage;
  isFirst: boolean;
  fulfilled: string | undefined;
}) {
  const { ctx, visit, state, page, fulfilled } = props;
  const { language } = visit;
  const t = consoleEnquiriesTexts[language];
  const here = pathInLanguage(language, path);
  return (
    <ConsolePage ctx={ctx} visit={visit} title={t.heading} path={path} section="enquiries">
      {fulfilled === undefined ? null : <Notice tone="success" heading={t.fulfilledNow(fulfilled)} announce />}
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      <Views
        label={t.filter}
        views={enquiryStates.map((one) => ({
          href: `${here}?state=${one}`,
          label: t.states[one],
          chosen: one === state,
        }))}
      />
      {page.enquiries.length === 0 ? (
        <EmptyState heading={t.empty[state]}>{state === "open" ? <p>{t.emptyHint}</p> : undefined}</EmptyState>
      ) : (
        <Table caption={t.heading} captionHidden columns={columnsOf(ctx, language)} rows={page.enquiries} />
      )}
      <More {...{ language, isFirst: props.isFirst }} path={here} parameters={{ state }} before={page.olderThan} />
    </ConsolePage>
  );
}

function columnsOf(ctx: Context, language: Language): readonly Column<ListedEnquiry>[] {
  const t = consoleEnquiriesTexts[language];
  const { languages } = consoleTexts[language];
  return [
    {
      header: t.columns.number,
      rowHeader: true,
      cell: ({ number }) => <a href={pathInLanguage(language, `${path}/${number}`)}>{`№ ${number}`}</a>,
    },
    { header: t.columns.form, cell: ({ form }) => formTitle(ctx, language, form) },
    {
      header: t.columns.time,
      cell: ({ submittedAt }) => `${formatShortDate(submittedAt, language)}, ${formatTime(submittedAt)}`,
    },
    {
      header: t.columns.language,
      cell: (enquiry) => (isLanguage(enquiry.language) ? languages[enquiry.language] : enquiry.language),
    },
    {
      header: t.columns.data,
      cell: ({ categories }) => <HiddenFields policy={ctx.policy} language={language} categories={categories} />,
    },
    { header: t.columns.state, cell: ({ state }) => <Status tone={enquiryTones[state]}>{t.state[state]}</Status> },
  ];
}
