import { formatDate } from "../../language/format-date.ts";
import { isLanguage, type Language, pathInLanguage } from "../../language/language.ts";
import { findForm, findPurpose, isShared } from "../../receipts/policy-parts.ts";
import type { ContentOf, ReceiptContent } from "../../journal/receipt-content.ts";
import { termOf } from "../../receipts/term-of.ts";
import { type SummaryItem, SummaryList } from "../components/summary-list.tsx";
import { lowerFirst } from "../lower-first.ts";
import { cabinetTexts } from "../texts/cabinet.ts";
import { consentsTexts } from "../texts/cabinet-consents.ts";
import { requestsTexts } from "../texts/cabinet-requests.ts";
import { receiptTexts } from "../texts/receipt-document.ts";
import { categoryLabel, groundTitle } from "./policy-words.ts";
import { requestTitle } from "../request-title.ts";
import type { DocumentFacts } from "../../receipts/document-facts.ts";

/** What the person did: what they agreed to and saw, what they withdrew, or what they asked for. */
export function ReceiptAct(props: DocumentFacts) {
  const { content } = props;
  switch (content.kind) {
    case "consent":
      return <Consent {...props} content={content} />;
    case "withdrawal":
      return <Withdrawal {...props} content={content} />;
    case "request":
      return <Request {...props} content={content} />;
  }
}

type Props<Kind extends ReceiptContent["kind"]> = Omit<DocumentFacts, "content"> & {
  readonly content: ContentOf<Kind>;
};

function Consent(props: Props<"consent">) {
  const { content, language, policy, shownText } = props;
  const t = receiptTexts[language];
  const consents = consentsTexts[language];
  const form = findForm(policy, content.form)?.title[language] ?? content.form;
  const shownIn = isLanguage(content.language) ? consents.languages[content.language] : content.language;
  return (
    <>
      <h2>{t.did}</h2>
      <SummaryList
        items={[
          { term: t.pressed, value: consents.pressed(content.button, form) },
          { term: t.textIn, value: shownIn },
        ]}
      />
      <h2>{t.given}</h2>
      <Purposes {...props} ids={content.given} answer="given" />
      <h2>{t.refused}</h2>
      <Purposes {...props} ids={content.refused} answer="refused" />
      {shownText ? (
        <>
          <h2>{consents.shown.heading}</h2>
          <p>{consents.shown.lede}</p>
          <div class="shown" lang={shownText.language}>
            {shownText.text.split("\n").map((line) => (
              <p>{line}</p>
            ))}
          </div>
        </>
      ) : null}
      <p>
        {consents.shown.hash}: <code>{content.shown}</code>
      </p>
    </>
  );
}

function Purposes(props: Props<"consent"> & { ids: readonly string[]; answer: "given" | "refused" }) {
  const { ids, answer, language, policy } = props;
  if (ids.length === 0) return <p>{receiptTexts[language].nothing}</p>;
  return (
    <ul class="purposes">
      {ids.map((id) => (
        <li class={answer}>
          <h3>{groundTitle(policy, language, id)}</h3>
          <SummaryList items={purposeItems(props, id)} />
        </li>
      ))}
    </ul>
  );
}

function purposeItems(props: Props<"consent"> & { answer: "given" | "refused" }, id: string): readonly SummaryItem[] {
  const { content, language, policy, origin, answer } = props;
  const t = receiptTexts[language];
  const consents = consentsTexts[language];
  const purpose = findPurpose(policy, id);
  const items: SummaryItem[] = [
    { term: consents.basis, value: <Clause origin={origin} language={language} clause={purpose?.clause ?? id} /> },
  ];
  if (!purpose) return items;
  if (findForm(policy, content.form)?.purpose === id) items.push({ term: t.how, value: t.ofButton });
  else if (purpose.ask) items.push({ term: t.asked, value: purpose.ask[language] });
  const [first, ...others] = purpose.categories.map((category) => categoryLabel(policy, language, category));
  items.push({ term: t.data, value: first === undefined ? t.noData : [first, ...others.map(lowerFirst)].join(", ") });
  if (answer === "refused") return items;
  if (isShared(purpose)) {
    const list = <Clause origin={origin} language={language} clause="18" />;
    items.push({ term: t.shared, value: <>{t.sharedWith} {list}</> });
  }
  items.push({ term: consents.ends, value: consents.endsWhen[purpose.end] });
  return items;
}

function Withdrawal({ content, language, policy, origin }: Props<"withdrawal">) {
  const t = receiptTexts[language];
  const clause = findPurpose(policy, content.purpose)?.clause ?? content.purpose;
  return (
    <>
      <h2>{t.did}</h2>
      <SummaryList
        items={[
          { term: t.withdrawnPurpose, value: groundTitle(policy, language, content.purpose) },
          { term: consentsTexts[language].basis, value: <Clause origin={origin} language={language} clause={clause} /> },
        ]}
      />
      <p>{t.withdrawnMeans}</p>
    </>
  );
}

function Request({ content, language, policy, origin }: Props<"request">) {
  const t = requestsTexts[language];
  const title = requestTitle(policy, language, content.request);
  return (
    <>
      <h2>{t.request(content.number)}</h2>
      <SummaryList
        items={[
          { term: t.asked, value: title },
          { term: t.channel, value: termOf<string>(t.channels, content.channel) ?? content.channel },
          { term: t.clause, value: <Clause origin={origin} language={language} clause={content.clause} /> },
          {
            term: receiptTexts[language].dueOn,
            value: (
              <time datetime={content.due}>{formatDate(Temporal.PlainDate.from(content.due), language)}</time>
            ),
          },
        ]}
      />
    </>
  );
}

/** A clause by its number; the address is whole, since a receipt is read away from the site. */
function Clause(props: { origin: string; language: Language; clause: string }) {
  const { origin, language, clause } = props;
  const href = `${origin}${pathInLanguage(language, "/policy")}#${clause}`;
  return <a href={href}>{cabinetTexts[language].clauseOfPolicy(clause)}</a>;
}
