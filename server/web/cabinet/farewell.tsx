import { type Context as Request, Hono } from "hono";
import { findMyErasure, type MyErasure, type MyRequest, readMyRequests } from "../../access/my-requests.ts";
import type { Context } from "../../context.ts";
import { companyIn } from "../company.ts";
import { ButtonLink, ButtonRow } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { formatDate } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { languageOf } from "../page-language.ts";
import { cabinetTexts } from "../texts/cabinet.ts";
import { deleteTexts } from "../texts/cabinet-delete.ts";
import { dropCookie, giveCookie, readCookie } from "./cookies.ts";
import { ErasureSteps } from "./erasure-steps.tsx";
import { cabinet } from "./visit.ts";
import { isId } from "../../config/new-id.ts";

const path = "/cabinet/farewell";

/**
 * Sends the person to the page that follows their destruction to its end. They will be signed out on the way, so the
 * page finds them by a cookie with the id that the register keeps; for a day, and good for nothing else.
 */
export function giveFarewell(ctx: Context, c: Request, gone: { language: Language; subject: string }): Response {
  giveCookie(ctx, c, "farewell", gone.subject, { hours: 24 });
  return c.redirect(pathInLanguage(gone.language, path), 303);
}

/** Shows what the register and the plan say at this moment, never what ought to have happened. */
export function farewellRoutes(ctx: Context): Hono {
  return new Hono().get(`${cabinet}/farewell`, async (c) => {
    const language = languageOf(c);
    const subject = readCookie(ctx, c, "farewell") ?? "";
    const erasure = isId(subject) ? await findMyErasure(ctx, subject) : undefined;
    if (!erasure) return c.redirect(pathInLanguage(language, "/cabinet/sign-in"), 303);
    if (erasure.finishedAt) dropCookie(ctx, c, "session");
    const request = (await readMyRequests(ctx, subject)).find(({ requestId }) => requestId === erasure.requestId);
    return c.html(<FarewellPage ctx={ctx} language={language} erasure={erasure} request={request} />);
  });
}

function FarewellPage(props: {
  ctx: Pick<Context, "policy">;
  language: Language;
  erasure: MyErasure;
  request: MyRequest | undefined;
}) {
  const { ctx, language, erasure, request } = props;
  const t = deleteTexts[language].farewell;
  const isFinished = erasure.finishedAt !== undefined;
  const heading = isFinished ? t.destroyedHeading : t.heading;
  return (
    <Page language={language} title={heading} path={path} area="cabinet" company={companyIn(language, ctx.policy)}>
      <PageHeading heading={heading}>
        <p>{isFinished ? t.destroyedLede : t.stoppedAtOnce}</p>
      </PageHeading>
      {request === undefined ? null : (
        <Notice tone="info" heading={t.request(request.number)}>
          <p>{t.requestWhat}</p>
        </Notice>
      )}
      <h2>{t.steps}</h2>
      {isFinished ? null : <p>{cabinetTexts[language].stopped.due(formatDate(erasure.dueOn, language))}</p>}
      <ErasureSteps language={language} erasure={erasure} />
      <ButtonRow>
        {isFinished ? null : <ButtonLink href={pathInLanguage(language, path)}>{t.refresh}</ButtonLink>}
        <ButtonLink href={pathInLanguage(language, "/")} kind="secondary">
          {t.toFrontPage}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}
