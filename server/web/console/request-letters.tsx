import type { ReadLetters, RequestLetter } from "../../requests/read-request-letters.ts";
import type { RegisteredRequest } from "../../requests/register.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { SummaryList } from "../components/summary-list.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleRequestsTexts } from "../texts/console-requests.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { ClauseLink } from "./policy-words.tsx";

type Letters = Exclude<ReadLetters, { kind: "unknown" }>;

/** The letters of a request: a button that opens them, or what came of pressing it. */
export function RequestLetters(props: {
  language: Language;
  request: RegisteredRequest;
  letters: Letters | undefined;
}) {
  const { language, request, letters } = props;
  const t = consoleRequestsTexts[language].request;
  return (
    <>
      <h2>{t.letters}</h2>
      {letters === undefined ? (
        <ReadForm {...{ language, request }} />
      ) : (
        <Opened {...{ language, request, letters }} />
      )}
    </>
  );
}

function ReadForm({ language, request }: { language: Language; request: RegisteredRequest }) {
  const t = consoleRequestsTexts[language].request;
  if (request.letters === 0) return <p>{t.noLetters}</p>;
  return (
    <Form action={lettersPath(language, request)}>
      <p>{t.lettersLede}</p>
      <div>
        <Button kind="secondary">{t.read}</Button>
      </div>
    </Form>
  );
}

function Opened(props: { language: Language; request: RegisteredRequest; letters: Letters }) {
  const { language, request, letters } = props;
  const t = consoleRequestsTexts[language].request;
  if (letters.kind === "refused") {
    return (
      <Notice tone="danger" heading={t.refused} announce>
        <p>{refusalTexts[language][letters.reason]}</p>
        <p>
          {t.ground}: <ClauseLink language={language} clause={letters.clause} />.
        </p>
      </Notice>
    );
  }
  if (letters.letters.length === 0) return <p>{t.noLetters}</p>;
  return (
    <>
      <Notice tone="success" heading={t.journaled} announce />
      {letters.letters.map((letter, index) => (
        <Letter {...{ language, request, letter, index }} />
      ))}
    </>
  );
}

function Letter(props: { language: Language; request: RegisteredRequest; letter: RequestLetter; index: number }) {
  const { language, request, letter, index } = props;
  const t = consoleRequestsTexts[language].request.letter;
  return (
    <Card heading={letter.line === "" ? t.noLine : letter.line} foot={<FileForm {...{ language, request, index }} />}>
      <SummaryList
        items={[
          { term: t.from, value: letter.from ?? t.nobody },
          { term: t.received, value: formatDateTime(letter.receivedAt, language) },
        ]}
      />
      {letter.read === "none" ? <p>{t.none}</p> : null}
      {letter.read === "part" ? <p>{t.part}</p> : null}
      {letter.text === "" && letter.read !== "none" ? <p>{t.noText}</p> : null}
      {letter.text === "" ? null : <pre class="letter-text">{letter.text}</pre>}
      {letter.attachments.length === 0 ? null : (
        <>
          <h3>{t.attachments}</h3>
          <ul>
            {letter.attachments.map(({ name, type }) => (
              <li>{`${name === "" ? t.nameless : name} (${type})`}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** The letter as it came, with its attachments: opened once more, and journaled once more. */
function FileForm({ language, request, index }: { language: Language; request: RegisteredRequest; index: number }) {
  return (
    <form method="post" action={`${lettersPath(language, request)}/file`}>
      <input type="hidden" name="letter" value={String(index)} />
      <Button kind="quiet">{consoleRequestsTexts[language].request.letter.file}</Button>
    </form>
  );
}

function lettersPath(language: Language, { number }: RegisteredRequest): string {
  return pathInLanguage(language, `/console/requests/${number}/letters`);
}
