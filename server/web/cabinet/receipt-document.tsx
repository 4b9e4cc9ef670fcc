import { raw } from "hono/html";
import type { DocumentFacts } from "../../receipts/document-facts.ts";
import { formatDate } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { rendered } from "../components/rendered.ts";
import { type SummaryItem, SummaryList } from "../components/summary-list.tsx";
import { policyTexts } from "../texts/public-policy.ts";
import { receiptTexts } from "../texts/receipt-document.ts";
import { ReceiptAct } from "./receipt-act.tsx";
import { ReceiptProof } from "./receipt-proof.tsx";
import { receiptStyle } from "./receipt-style.ts";

const closingTags = "</body></html>";

/**
 * The file that a person keeps: to be read by people, with the same for programs in data blocks. It ends before the
 * closing tags of the body and the document, where the signature over all that stands before goes.
 */
export function renderReceiptDocument(props: DocumentFacts): string {
  const html = `<!doctype html>\n${rendered(<ReceiptDocument {...props} />)}`;
  return html.slice(0, html.lastIndexOf(closingTags));
}

function ReceiptDocument(props: DocumentFacts) {
  const { content, language, policy } = props;
  const { title, lede } = receiptTexts[language].kinds[content.kind];
  const company = policy.controller.name[language];
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        {/* Whatever a text in it says, a receipt runs nothing and fetches nothing. */}
        <meta
          http-equiv="content-security-policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${title} – ${company}`}</title>
        <style>{receiptStyle}</style>
      </head>
      <body>
        <main>
          <p class="issuer">{company}</p>
          <h1>{title}</h1>
          <p class="lede">{lede}</p>
          <SummaryList items={headOf(props)} />
          <ReceiptAct {...props} />
          <Controller {...props} />
          <NextSteps {...props} />
          <ReceiptProof {...props} />
          <Inside {...props} />
        </main>
        <DataBlock id="record" type="application/ld+json" data={props.record} />
        {props.kantara ? <DataBlock id="kantara" type="application/json" data={props.kantara} /> : null}
        <DataBlock id="evidence" type="application/json" data={props.evidence} />
      </body>
    </html>
  );
}

function headOf({ content, number, policy, language, origin }: DocumentFacts): readonly SummaryItem[] {
  const t = receiptTexts[language];
  const at = Temporal.Instant.from(content.at);
  const { offset, hour, minute, second } = at.toZonedDateTimeISO(policy.controller.timeZone);
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
  return [
    {
      term: t.when,
      value: (
        <>
          <time datetime={content.at}>{`${formatDate(at, language)}, ${clock}`}</time>{" "}
          <span class="soft">{t.companyTime(offset)}</span>
          <br />
          <code>{content.at}</code> <span class="soft">{t.utc}</span>
        </>
      ),
    },
    {
      term: policyTexts[language].title,
      value: (
        <>
          {t.policyEdition(content.policy)}: <PageLink origin={origin} language={language} path="/policy" />
        </>
      ),
    },
    { term: t.number, value: <code>{number}</code> },
  ];
}

/** A page of the site by its whole address, which is what is left of a link on paper. */
function PageLink(props: { origin: string; language: Language; path: string }) {
  const href = props.origin + pathInLanguage(props.language, props.path);
  return <a href={href}>{href}</a>;
}

function Controller({ policy, origin, language }: DocumentFacts) {
  const t = receiptTexts[language];
  const { name, registrations, address, email } = policy.controller;
  const numbers = registrations.map(({ label, value }) => `${label[language]} ${value}`);
  return (
    <>
      <h2>{t.who}</h2>
      <SummaryList
        items={[
          { term: t.company, value: name[language] },
          { term: t.registrations, value: numbers.join(", ") },
          { term: t.address, value: address[language] },
          { term: t.email, value: <a href={`mailto:${email}`}>{email}</a> },
          { term: t.site, value: <a href={`${origin}/`}>{origin}</a> },
        ]}
      />
    </>
  );
}

/** How to withdraw and what else may be asked for, here or by letter (7, 16, 17). */
function NextSteps({ content, policy, origin, language }: DocumentFacts) {
  const t = receiptTexts[language];
  const { email } = policy.controller;
  const { rectification, stop } = policy.requests;
  const inText = language === "ky" ? "ky" : "ru";
  const first = content.kind === "request" ? "requests" : "consents";
  return (
    <>
      <h2>{t.next}</h2>
      <ul>
        {([first, "history", "delete"] as const).map((page) => (
          <li>
            {t.pages[page]}: <PageLink origin={origin} language={language} path={`/cabinet/${page}`} />
          </li>
        ))}
        <li>
          {t.orWrite}: <a href={`mailto:${email}`}>{email}</a> {t.subjects}
          <ul>
            {[rectification, stop].map(({ subjectLines }) => (
              <li lang={inText === language ? undefined : inText}>«{subjectLines[inText]}»</li>
            ))}
          </ul>
        </li>
      </ul>
      <p>{t.closed}</p>
    </>
  );
}

function Inside({ kantara, language }: DocumentFacts) {
  const t = receiptTexts[language];
  const blocks = kantara ? (["record", "kantara", "evidence"] as const) : (["record", "evidence"] as const);
  return (
    <>
      <h2>{t.inside}</h2>
      <p>{t.nobody}</p>
      <p>{t.lasting}</p>
      <p>{t.keepIt}</p>
      <p>{t.forPrograms}</p>
      <ul>
        {blocks.map((block) => (
          <li>
            <code>{block}</code> – {t.programs[block]}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Data, not a program: a browser neither shows nor runs it, and no text in it can end it. */
function DataBlock(props: { id: string; type: string; data: object }) {
  return (
    <script type={props.type} id={props.id}>
      {raw(jsonForHtml(props.data))}
    </script>
  );
}

/** JSON that stays JSON, in which nothing reads as a tag or as the end of a line of a script. */
function jsonForHtml(data: object): string {
  const escape = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(data).replaceAll(/[<\u2028\u2029]/g, escape);
}
