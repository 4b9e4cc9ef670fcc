import { formatDate, formatTime } from "../../language/format-date.ts";
import { SummaryList } from "../components/summary-list.tsx";
import { receiptTexts } from "../texts/receipt-document.ts";
import type { DocumentFacts } from "../../receipts/document-facts.ts";

/** Where the entry stands in the ledger, and how anybody can check that without the company. */
export function ReceiptProof({ proof, verifierKey, language }: DocumentFacts) {
  const t = receiptTexts[language];
  return (
    <>
      <h2>{t.proof}</h2>
      <p>{t.proofWhat}</p>
      <SummaryList
        items={[
          { term: t.ledger, value: <code>{proof.ledger}</code> },
          { term: t.position, value: t.fromZero(proof.index) },
          { term: t.size, value: String(proof.size) },
          { term: t.hour, value: <Hour hour={proof.hour} language={language} /> },
        ]}
      />
      <h3>{t.check}</h3>
      <ol>
        <li>{t.checkNeeds}</li>
        <li>
          {t.checkKey}
          <pre>
            <code>{verifierKey}</code>
          </pre>
        </li>
        <li>
          {t.checkRun}
          <pre>
            <code>{`node verify.ts receipt ${t.command.file} --key ${t.command.key}`}</code>
          </pre>
        </li>
      </ol>
    </>
  );
}

/** The journal publishes the hour alone; the exact time is behind the entry's commitment. */
function Hour({ hour, language }: { hour: string; language: DocumentFacts["language"] }) {
  const start = Temporal.Instant.from(hour.replace(/Z$/, ":00Z"));
  const times = `${formatTime(start)}–${formatTime(start.add({ hours: 1 }))}`;
  return (
    <>
      {`${formatDate(start, language)}, ${times} `}
      <span class="soft">
        (<code>{hour}</code>)
      </span>
    </>
  );
}
