import { Hono } from "hono";
import { type MyData, readMyData } from "../../access/my-data.ts";
import type { MyEnquiry } from "../../access/my-enquiries.ts";
import type { MyLetter } from "../../access/my-letters.ts";
import type { CategoryId } from "../../config/policy.ts";
import type { Context } from "../../context.ts";
import { Card, Cards } from "../components/card.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Status } from "../components/status.tsx";
import { type SummaryItem, SummaryList } from "../components/summary-list.tsx";
import { Table } from "../components/table.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { lowerFirst } from "../lower-first.ts";
import { cabinetTexts } from "../texts/cabinet.ts";
import { myDataTexts } from "../texts/cabinet-data.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { CabinetPage } from "./cabinet-page.tsx";
import { ClauseLink } from "./clause-link.tsx";
import { type CabinetEnv, cabinet, requireSignIn, type Visit } from "./visit.ts";

type PolicyOnly = Pick<Context, "policy">;
type Value = MyData["values"][number];

/** What is held about the person, opened through the gate under clause 16. */
export function myDataRoutes(ctx: Context): Hono<CabinetEnv> {
  return new Hono<CabinetEnv>().get(cabinet, requireSignIn(ctx), async (c) => {
    const visit = c.get("visit");
    const { language, subject } = visit;
    const read = await readMyData(ctx, subject);
    if (read.kind === "done") return c.html(<MyDataPage ctx={ctx} visit={visit} data={read.value} />);
    return c.html(
      <CabinetPage ctx={ctx} visit={visit} section="data">
        <PageHeading heading={cabinetTexts[language].sections.data} />
        <Notice tone="warning" heading={refusalTexts[language][read.reason]}>
          <ClauseLink language={language} clause={read.clause} />
        </Notice>
      </CabinetPage>,
      403,
    );
  });
}

function MyDataPage({ ctx, visit, data }: { ctx: PolicyOnly; visit: Visit; data: MyData }) {
  const { language } = visit;
  const t = myDataTexts[language];
  const sections = cabinetTexts[language].sections;
  const other = data.values.filter(({ record }) => !data.enquiries.some(({ enquiryId }) => enquiryId === record));
  return (
    <CabinetPage ctx={ctx} visit={visit} section="data">
      <PageHeading heading={sections.data}>
        <p>
          {t.lede} <a href={pathInLanguage(language, "/cabinet/history")}>«{sections.history}»</a>.
        </p>
      </PageHeading>
      {data.values.length + data.letters.length === 0 ? <EmptyState heading={t.nothing} /> : null}
      {data.enquiries.length > 0 ? <h2>{t.enquiries}</h2> : null}
      <Cards>
        {data.enquiries.map((enquiry) => (
          <EnquiryCard
            ctx={ctx}
            language={language}
            enquiry={enquiry}
            values={data.values.filter(({ record }) => record === enquiry.enquiryId)}
          />
        ))}
      </Cards>
      {other.length > 0 ? <OtherValues ctx={ctx} language={language} values={other} /> : null}
      {data.letters.length > 0 ? <Letters language={language} letters={data.letters} /> : null}
      <NotHeld ctx={ctx} language={language} data={data} />
      {visit.erasure ? null : <Correct ctx={ctx} language={language} />}
    </CabinetPage>
  );
}

function EnquiryCard(props: {
  ctx: PolicyOnly;
  language: Language;
  enquiry: MyEnquiry;
  values: readonly Value[];
}) {
  const { ctx, language, enquiry } = props;
  const t = myDataTexts[language];
  const forms: Readonly<Record<string, { readonly title: Readonly<Record<Language, string>> }>> = ctx.policy.forms;
  const tone = { open: "info", fulfilled: "success", stopped: "warning" } as const;
  const items: readonly SummaryItem[] = [
    { term: t.form, value: forms[enquiry.form]?.title[language] ?? enquiry.form },
    { term: t.submitted, value: formatDateTime(enquiry.submittedAt, language) },
    ...props.values.map(({ category, value }) => ({ term: label(ctx, language, category), value })),
  ];
  return (
    <Card
      heading={t.enquiry(enquiry.number)}
      aside={<Status tone={tone[enquiry.state]}>{t.states[enquiry.state]}</Status>}
    >
      <SummaryList items={items} />
    </Card>
  );
}

function OtherValues(props: { ctx: PolicyOnly; language: Language; values: readonly Value[] }) {
  const { ctx, language, values } = props;
  const t = myDataTexts[language];
  return (
    <Card heading={t.other}>
      <p>{t.otherLede}</p>
      <SummaryList
        items={values.map(({ category, value, recordedAt }) => ({
          term: label(ctx, language, category),
          value: (
            <>
              {value} <small>{formatDateTime(recordedAt, language)}</small>
            </>
          ),
        }))}
      />
    </Card>
  );
}

function Letters({ language, letters }: { language: Language; letters: readonly MyLetter[] }) {
  const t = myDataTexts[language];
  return (
    <>
      <h2>{t.letters}</h2>
      <p>{t.lettersLede}</p>
      <Table
        caption={t.letters}
        captionHidden
        columns={[
          { header: t.letter, cell: (letter) => letterName(language, letter), rowHeader: true },
          { header: t.date, cell: (letter) => formatDateTime(letter.at, language) },
          {
            header: t.state,
            cell: (letter) => (letter.way === "from-me" ? t.received : t.letterStates[letter.state]),
          },
        ]}
        rows={letters}
      />
    </>
  );
}

function letterName(language: Language, letter: MyLetter): string {
  const t = myDataTexts[language];
  if (letter.way === "from-me") return t.fromMe;
  const kinds: Readonly<Record<string, string>> = t.kinds;
  return kinds[letter.kind] ?? t.otherKind;
}

/** The kinds of data the policy names that nobody gave us: no less an answer to clause 16 than those we hold. */
function NotHeld({ ctx, language, data }: { ctx: PolicyOnly; language: Language; data: MyData }) {
  const missing = ctx.policy.duties["16-1"].categories.filter(
    (category) => category !== "letter" && !data.values.some((value) => value.category === category),
  );
  if (missing.length === 0) return null;
  const names = missing.map((category) => lowerFirst(label(ctx, language, category)));
  return <p>{myDataTexts[language].notHeld(names.join(", "))}</p>;
}

function Correct({ ctx, language }: { ctx: PolicyOnly; language: Language }) {
  const t = myDataTexts[language];
  const { email } = ctx.policy.controller;
  const { subjectLines, limit, clause } = ctx.policy.requests.rectification;
  const line = language === "ky" ? subjectLines.ky : subjectLines.ru;
  return (
    <>
      <h2>{t.correct}</h2>
      <p>
        {t.correctBefore} <a href={`mailto:${email}`}>{email}</a> {t.correctAfter(line, limit.workingDays)}{" "}
        <ClauseLink language={language} clause={clause} anchor="16-2" />
      </p>
    </>
  );
}

function label({ policy }: PolicyOnly, language: Language, category: CategoryId): string {
  return policy.categories[category].label[language];
}
