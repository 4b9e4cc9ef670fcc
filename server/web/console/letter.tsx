import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { handOverLetter, type OpenedLetter, openLetter } from "../../letters/outbox.ts";
import { Button, ButtonLink, ButtonRow } from "../components/button.tsx";
import { Crumbs } from "../components/crumbs.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { SummaryList } from "../components/summary-list.tsx";
import type { Attachment } from "../../letters/mailer.ts";
import { readForm } from "../read-form.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleLettersTexts } from "../texts/console-letters.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { ConsoleMessage } from "./console-message.tsx";
import { ConsolePage } from "./console-page.tsx";
import { ClauseLink } from "./policy-words.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";

const list = "/console/letters";

/** Reading one letter of the outbox, and saying that it was handed over: both by POST, and nothing is kept. */
export function letterRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>()
    .post(`${list}/:letter`, async (c) => {
      const visit = c.get("visit");
      const letterId = c.req.param("letter");
      const opened = await openLetter(ctx, { letterId, staffId: visit.member.staffId });
      if (opened.kind === "unknown") {
        return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, 404);
      }
      return c.html(<LetterPage {...{ ctx, visit, letterId, opened }} />, opened.kind === "opened" ? 200 : 403);
    })
    .post(`${list}/:letter/attachment`, async (c) => {
      const visit = c.get("visit");
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      const opened = await openLetter(ctx, { letterId: c.req.param("letter"), staffId: visit.member.staffId });
      const attachments = opened.kind === "opened" ? (opened.attachments ?? []) : [];
      const file = attachments.find(({ name }) => name === form.field("name"));
      if (!file) return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, 404);
      c.header("content-disposition", `attachment; filename="${file.name}"`);
      return c.html(file.html);
    })
    // The address of a letter that was read, asked for again: nothing opens without the button.
    .get(`${list}/:letter`, (c) => c.redirect(pathInLanguage(c.get("visit").language, list), 303))
    .post(`${list}/:letter/handed-over`, async (c) => {
      const visit = c.get("visit");
      const outcome = await handOverLetter(ctx, { letterId: c.req.param("letter") });
      if (outcome.kind === "unknown") {
        return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, 404);
      }
      return c.redirect(pathInLanguage(visit.language, `${list}?done`), 303);
    });
}

function LetterPage(props: {
  ctx: Context;
  visit: Visit;
  letterId: string;
  opened: Exclude<OpenedLetter, { kind: "unknown" }>;
}) {
  const { ctx, visit, letterId, opened } = props;
  const { language } = visit;
  const texts = consoleLettersTexts[language];
  const t = texts.letter;
  const listHref = pathInLanguage(language, list);
  return (
    <ConsolePage {...{ ctx, visit }} title={t.here} path={list} section="letters">
      <Crumbs language={language} links={[{ href: listHref, label: texts.heading }]} here={t.here} />
      {opened.kind === "opened" ? (
        <>
          <PageHeading heading={t.here} />
          <Notice tone="success" heading={t.journaled} announce>
            <p>{t.care}</p>
          </Notice>
          <SummaryList
            items={[
              { term: t.to, value: opened.to },
              { term: t.line, value: opened.line },
            ]}
          />
          <h2>{t.text}</h2>
          <pre class="letter-text">{opened.text}</pre>
          <Attachments language={language} action={`${listHref}/${letterId}/attachment`} files={opened.attachments ?? []} />
          <Form action={`${listHref}/${letterId}/handed-over`}>
            <p>{t.handOverHint}</p>
            <ButtonRow>
              <Button>{t.handOver}</Button>
              <ButtonLink href={listHref} kind="secondary">
                {t.back}
              </ButtonLink>
            </ButtonRow>
          </Form>
        </>
      ) : (
        <>
          <PageHeading heading={t.refused} />
          <Notice tone="danger" heading={refusalTexts[language][opened.reason]} announce>
            <p>
              {t.ground}: <ClauseLink language={language} clause={opened.clause} />.
            </p>
          </Notice>
          <ButtonRow>
            <ButtonLink href={listHref} kind="secondary">
              {t.back}
            </ButtonLink>
          </ButtonRow>
        </>
      )}
    </ConsolePage>
  );
}

/** Each is opened by its own button, which the journal records like the letter itself. */
function Attachments(props: { language: Language; action: string; files: readonly Attachment[] }) {
  const { language, action, files } = props;
  const t = consoleLettersTexts[language].letter;
  if (files.length === 0) return null;
  return (
    <>
      <h2>{t.attachments}</h2>
      <p>{t.attachmentsHint}</p>
      <Form action={action}>
        <ul class="attachments">
          {files.map(({ name }) => (
            <li>
              <code>{name}</code>
              <Button kind="secondary" name="name" value={name} about={name}>
                {t.download}
              </Button>
            </li>
          ))}
        </ul>
      </Form>
    </>
  );
}
