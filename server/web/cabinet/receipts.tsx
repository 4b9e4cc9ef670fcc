import { Hono } from "hono";
import type { Context } from "../../context.ts";
import type { ReceiptContent } from "../../journal/receipt-content.ts";
import { type ListedReceipt, listReceipts } from "../../receipts/list-receipts.ts";
import { findForm } from "../../receipts/policy-parts.ts";
import { writeReceipt } from "../../receipts/write-receipt.ts";
import { ButtonLink } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { type Column, Table } from "../components/table.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { errorPage } from "../public/error-page.tsx";
import { cabinetTexts } from "../texts/cabinet.ts";
import { receiptsTexts } from "../texts/cabinet-receipts.ts";
import { CabinetPage } from "./cabinet-page.tsx";
import { groundTitle } from "./policy-words.ts";
import { requestTitle } from "../request-title.ts";
import { type CabinetEnv, cabinet, requireSignIn, type Visit } from "./visit.ts";

type PolicyOnly = Pick<Context, "policy">;
const path = "/cabinet/receipts";

/** What the person can prove without the company: a signed file for each consent, withdrawal and request. */
export function receiptsRoutes(ctx: Context): Hono<CabinetEnv> {
  return new Hono<CabinetEnv>()
    .get(`${cabinet}/receipts`, requireSignIn(ctx), async (c) => {
      const visit = c.get("visit");
      const receipts = await listReceipts(ctx, visit.subject);
      return c.html(<ReceiptsPage ctx={ctx} visit={visit} receipts={receipts} />);
    })
    .get(`${cabinet}/receipts/:number`, requireSignIn(ctx), async (c) => {
      const { language, subject } = c.get("visit");
      const written = await writeReceipt(ctx, { subject, language }, c.req.param("number"));
      if (written.kind === "unknown") return errorPage(ctx, c, 404);
      c.header("content-disposition", `attachment; filename="${written.file.name}"`);
      return c.html(written.file.html);
    });
}

function ReceiptsPage(props: { ctx: PolicyOnly; visit: Visit; receipts: readonly ListedReceipt[] }) {
  const { ctx, visit, receipts } = props;
  const { language } = visit;
  const t = receiptsTexts[language];
  return (
    <CabinetPage ctx={ctx} visit={visit} section="receipts">
      <PageHeading heading={cabinetTexts[language].sections.receipts}>
        <p>{t.lede}</p>
      </PageHeading>
      {receipts.length === 0 ? (
        <EmptyState heading={t.none} />
      ) : (
        <>
          <Table caption={t.caption} captionHidden columns={columnsIn(ctx, language)} rows={receipts} />
          <h2>{t.check}</h2>
          <p>{t.checkWhat}</p>
        </>
      )}
    </CabinetPage>
  );
}

function columnsIn(ctx: PolicyOnly, language: Language): readonly Column<ListedReceipt>[] {
  const t = receiptsTexts[language];
  return [
    { header: t.columns.what, rowHeader: true, cell: ({ content }) => titleOf(ctx, language, content) },
    { header: t.columns.when, cell: ({ content }) => formatDateTime(Temporal.Instant.from(content.at), language) },
    {
      header: t.columns.file,
      headerHidden: true,
      cell: ({ number, content }) => (
        <ButtonLink kind="secondary" href={pathInLanguage(language, `${path}/${number}`)}>
          {t.download}
          <span class="visually-hidden">{`: ${titleOf(ctx, language, content)}`}</span>
        </ButtonLink>
      ),
    },
  ];
}

function titleOf({ policy }: PolicyOnly, language: Language, content: ReceiptContent): string {
  const t = receiptsTexts[language];
  switch (content.kind) {
    case "consent":
      return t.consent(findForm(policy, content.form)?.title[language] ?? content.form);
    case "withdrawal":
      return t.withdrawal(groundTitle(policy, language, content.purpose));
    case "request":
      return t.request(content.number, requestTitle(policy, language, content.request));
  }
}
