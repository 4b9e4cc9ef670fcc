import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { listOutbox, type OutboxLetter } from "../../letters/outbox.ts";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Status } from "../components/status.tsx";
import { type Column, Table } from "../components/table.tsx";
import { formatShortDate, formatTime } from "../../language/format-date.ts";
import { isLanguage, type Language, pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { consoleLettersTexts } from "../texts/console-letters.ts";
import { ConsolePage } from "./console-page.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";

const path = "/console/letters";

/** Letters that have not left by themselves. The list opens none: reading one is a POST of its own, journaled. */
export function lettersRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>().get(path, async (c) => {
    const handedOver = c.req.query("done") !== undefined;
    const letters = await listOutbox(ctx);
    return c.html(<LettersPage {...{ ctx, letters, handedOver }} visit={c.get("visit")} />);
  });
}

/** What a letter is about, by its kind. */
export function letterName(language: Language, kind: string): string {
  const { kinds } = consoleLettersTexts[language];
  return isKind(kinds, kind) ? kinds[kind] : kind;
}

function nameOf(language: Language, { kind, number }: OutboxLetter): string {
  const name = letterName(language, kind);
  return number === null ? name : `${name}, №\u00a0${number}`;
}

function isKind<Kinds extends object>(kinds: Kinds, kind: PropertyKey): kind is keyof Kinds {
  return Object.hasOwn(kinds, kind);
}

function LettersPage(props: { ctx: Context; visit: Visit; letters: readonly OutboxLetter[]; handedOver: boolean }) {
  const { ctx, visit, letters } = props;
  const { language } = visit;
  const t = consoleLettersTexts[language];
  return (
    <ConsolePage {...{ ctx, visit }} title={t.heading} path={path} section="letters">
      {props.handedOver ? <Notice tone="success" heading={t.handedOverNow} announce /> : null}
      <PageHeading heading={t.heading} />
      <Notice heading={t.why.heading}>
        {ctx.mailer === undefined ? (
          <>
            <p>{t.why.noServer}</p>
            <p>{ctx.config.kind === "demo" ? t.why.demoCodes : t.why.codes}</p>
            <p>{t.why.howTo}</p>
            <p>
              <code>SMTP_URL=smtp://user:password@mail.example.kg:587 npm start</code>
            </p>
          </>
        ) : (
          <p>{t.why.withServer}</p>
        )}
      </Notice>
      {letters.length === 0 ? (
        <EmptyState heading={t.empty}>
          <p>{t.emptyHint}</p>
        </EmptyState>
      ) : (
        <Table caption={t.heading} captionHidden columns={columnsOf(language)} rows={letters} />
      )}
    </ConsolePage>
  );
}

function columnsOf(language: Language): readonly Column<OutboxLetter>[] {
  const t = consoleLettersTexts[language];
  const { languages } = consoleTexts[language];
  const time = ({ createdAt }: OutboxLetter) => `${formatShortDate(createdAt, language)}, ${formatTime(createdAt)}`;
  return [
    { header: t.columns.kind, rowHeader: true, cell: (letter) => nameOf(language, letter) },
    { header: t.columns.time, cell: time },
    {
      header: t.columns.language,
      cell: (letter) => (isLanguage(letter.language) ? languages[letter.language] : letter.language),
    },
    {
      header: t.columns.state,
      cell: ({ state }) => <Status tone={state === "failed" ? "danger" : "info"}>{t.states[state]}</Status>,
    },
    { header: t.columns.attempts, cell: ({ attempts }) => String(attempts), align: "end" },
    {
      header: t.read,
      cell: (letter) => (
        <form method="post" action={pathInLanguage(language, `${path}/${letter.letterId}`)}>
          <Button kind="quiet" about={`${nameOf(language, letter)}, ${time(letter)}`}>
            {t.read}
          </Button>
        </form>
      ),
    },
  ];
}
