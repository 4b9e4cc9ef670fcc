import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { LogBroken } from "../../../ledger/log-broken.ts";
import { type VerifiedReceipt, verifyReceipt } from "../../../ledger/receipt.ts";
import type { Context } from "../../context.ts";
import { findReceipt, type FoundReceipt, type ReceiptEntry } from "../../journal/find-receipt.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { Crumbs } from "../components/crumbs.tsx";
import { FileField } from "../components/file-field.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { type SummaryItem, SummaryList } from "../components/summary-list.tsx";
import { TextField } from "../components/text-field.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleEvidenceTexts } from "../texts/console-evidence.ts";
import { consoleReceiptTexts } from "../texts/console-receipt.ts";
import { ConsolePage } from "./console-page.tsx";
import { ClauseLink, groundTitle, operationName } from "./policy-words.tsx";
import { detailItems } from "./receipt-detail.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";

const path = "/console/evidence/receipt";

/** Twenty times the largest that was seen. */
const mostBytes = 1024 * 1024;

type Checked =
  | { readonly kind: "valid"; readonly receipt: VerifiedReceipt }
  | { readonly kind: "invalid"; readonly sentence: string }
  | { readonly kind: "no-file" }
  | { readonly kind: "too-large" };

type Answer = { readonly number: string; readonly found: FoundReceipt } | { readonly checked: Checked };

/** A receipt by its number, and a file that somebody brings: neither tells whose it is, and nothing is kept. */
export function receiptRoutes(ctx: Context): Hono<ConsoleEnv> {
  const page = (visit: Visit, answer: Answer) => <ReceiptPage {...{ ctx, visit, answer }} />;
  const limit = bodyLimit({
    maxSize: mostBytes + 4096,
    onError: (c) => c.html(page(c.get("visit") as Visit, { checked: { kind: "too-large" } }), 413),
  });
  return new Hono<ConsoleEnv>()
    .get(path, async (c) => {
      const number = c.req.query("number") ?? "";
      const found = await findReceipt(ctx.db, ctx.signer.verifier, number);
      return c.html(page(c.get("visit"), { number, found }), found.kind === "unknown" ? 404 : 200);
    })
    .post(path, limit, async (c) => {
      const { receipt: file } = await c.req.parseBody();
      const checked = file instanceof File && file.size > 0 ? check(ctx, Buffer.from(await file.arrayBuffer())) : undefined;
      const answer: Checked = checked ?? { kind: "no-file" };
      return c.html(page(c.get("visit"), { checked: answer }), answer.kind === "valid" ? 200 : 422);
    });
}

function check({ signer }: Pick<Context, "signer">, file: Buffer): Checked {
  try {
    return { kind: "valid", receipt: verifyReceipt(file, signer.verifier) };
  } catch (error) {
    if (error instanceof LogBroken) return { kind: "invalid", sentence: error.message };
    throw error;
  }
}

/** Both ways to ask, for the page of the evidence and for the answer's own. */
export function ReceiptSearch(props: { language: Language; number?: string | undefined; fileError?: string | undefined }) {
  const { language } = props;
  const t = consoleReceiptTexts[language];
  const action = pathInLanguage(language, path);
  return (
    <>
      <form method="get" action={action} class="form" role="search">
        <TextField
          {...{ language, name: "number", label: t.number, hint: t.numberHint, maxlength: 40 }}
          value={props.number}
        />
        <ButtonRow>
          <Button kind="secondary">{t.find}</Button>
        </ButtonRow>
      </form>
      <form method="post" action={action} class="form" enctype="multipart/form-data" novalidate>
        <FileField
          {...{ language, name: "receipt", label: t.file, hint: t.fileHint, accept: ".html,text/html" }}
          error={props.fileError}
        />
        <ButtonRow>
          <Button kind="secondary">{t.check}</Button>
        </ButtonRow>
      </form>
    </>
  );
}

function ReceiptPage({ ctx, visit, answer }: { ctx: Context; visit: Visit; answer: Answer }) {
  const { language } = visit;
  const t = consoleReceiptTexts[language];
  const evidence = { href: pathInLanguage(language, "/console/evidence"), label: consoleEvidenceTexts[language].heading };
  const fileError = "checked" in answer ? faultOf(language, answer.checked) : undefined;
  return (
    <ConsolePage {...{ ctx, visit }} title={t.heading} path={path} section="evidence" hasErrors={fileError !== undefined}>
      <Crumbs language={language} links={[evidence]} here={t.heading} />
      <PageHeading heading={t.heading} />
      {"found" in answer ? <Found {...{ ctx, language }} found={answer.found} /> : <Check {...{ ctx, language }} checked={answer.checked} />}
      <h2>{t.section}</h2>
      <ReceiptSearch {...{ language, fileError }} number={"number" in answer ? answer.number : undefined} />
    </ConsolePage>
  );
}

function faultOf(language: Language, { kind }: Checked): string | undefined {
  const t = consoleReceiptTexts[language];
  return kind === "no-file" ? t.noFile : kind === "too-large" ? t.tooLarge : undefined;
}

function Found({ ctx, language, found }: { ctx: Context; language: Language; found: FoundReceipt }) {
  const t = consoleReceiptTexts[language];
  switch (found.kind) {
    case "proved":
      return (
        <>
          <Notice tone="success" heading={t.proved} announce />
          <SummaryList items={[...entryItems(ctx, language, found.entry), { term: t.index, value: String(found.index) }]} />
        </>
      );
    case "waiting":
      return (
        <>
          <Notice tone="info" heading={t.waiting} announce />
          <SummaryList items={entryItems(ctx, language, found.entry)} />
        </>
      );
    case "contradicted":
      return (
        <Notice tone="danger" heading={t.contradicted} announce>
          <p>{t.contradictedBody}</p>
        </Notice>
      );
    case "unknown":
      return (
        <Notice tone="warning" heading={t.unknown} announce>
          <p>{t.unknownBody}</p>
        </Notice>
      );
  }
}

function entryItems({ policy }: Context, language: Language, entry: ReceiptEntry): readonly SummaryItem[] {
  const t = consoleReceiptTexts[language];
  return [
    { term: t.at, value: formatDateTime(entry.at, language) },
    { term: t.operation, value: operationName(language, entry.operation) },
    { term: t.ground, value: groundTitle(policy, language, entry.purpose) },
    { term: t.clause, value: <ClauseLink language={language} clause={entry.clause} /> },
    { term: t.policy, value: entry.policyVersion },
  ];
}

function Check({ ctx, language, checked }: { ctx: Context; language: Language; checked: Checked }) {
  const t = consoleReceiptTexts[language];
  switch (checked.kind) {
    case "valid": {
      const { detail, number, index, hour } = checked.receipt;
      return (
        <>
          <Notice tone="success" heading={t.valid} announce>
            <p>{t.validBody(index, hour)}</p>
          </Notice>
          <SummaryList items={[{ term: t.number, value: <code>{number}</code> }, ...detailItems(ctx, language, detail)]} />
        </>
      );
    }
    case "invalid":
      return (
        <Notice tone="danger" heading={t.invalid} announce>
          <p>{t.invalidBody}</p>
          <p lang="en">{checked.sentence}</p>
        </Notice>
      );
    case "no-file":
    case "too-large":
      return null;
  }
}
