import { type Context as Request, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { AppPolicy, FormId } from "../../config/policy.ts";
import type { Context } from "../../context.ts";
import { companyIn } from "../company.ts";
import { Notice } from "../components/notice.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { formTexts } from "../texts/public-form.ts";
import { errorPage } from "./error-page.tsx";
import { languageOf } from "../page-language.ts";
import { StopLine } from "./stop-line.tsx";

const cookieName = "ubada_enquiry";

/** Carries the number to the next page, for ten minutes; an address would keep it in the browser's history. */
export function rememberNumber(ctx: Context, c: Request, number: string): void {
  const { https } = ctx.config;
  setCookie(c, cookieName, number, {
    httpOnly: true,
    sameSite: "Lax",
    secure: https,
    path: "/",
    maxAge: 600,
    ...(https ? { prefix: "host" } : {}),
  });
}

function recallNumber(ctx: Context, c: Request): string | undefined {
  const number = ctx.config.https ? getCookie(c, cookieName, "host") : getCookie(c, cookieName);
  return number !== undefined && /^\d{1,18}$/.test(number) ? number : undefined;
}

/** The page after a form was taken in: what happens next, and how to take it back. */
export function receivedRoutes(ctx: Context): Hono {
  const isForm = (name: string): name is FormId => Object.hasOwn(ctx.policy.forms, name);
  return new Hono().get("/forms/:form/received", (c) => {
    const form = c.req.param("form");
    if (!isForm(form)) return errorPage(ctx, c, 404);
    const number = recallNumber(ctx, c);
    // Nobody who has sent nothing may read that it was taken in.
    if (number === undefined) return c.redirect(pathInLanguage(languageOf(c), `/forms/${form}`), 303);
    return c.html(<ReceivedPage language={languageOf(c)} policy={ctx.policy} form={form} number={number} />);
  });
}

function ReceivedPage(props: { language: Language; policy: AppPolicy; form: FormId; number: string }) {
  const { language, policy, form, number } = props;
  const t = formTexts[language].received;
  const needsEmail = policy.forms[form].fields.some(({ category, required }) => category === "email" && required);
  return (
    <Page
      language={language}
      title={t.title}
      path={`/forms/${form}/received`}
      area="public"
      company={companyIn(language, policy)}
    >
      <PageHeading heading={t.title} above={policy.forms[form].title[language]} />
      <Notice tone="success" heading={t.number(number)} announce />
      <h2>{t.nextHeading}</h2>
      <ul>
        <li>{t.call}</li>
        <li>{needsEmail ? t.letter : t.letterIfGiven}</li>
        <li>
          {t.end} (<a href={`${pathInLanguage(language, "/policy")}#17.4`}>{t.endClause}</a>).
        </li>
      </ul>
      <h2>{t.withdrawHeading}</h2>
      <p>
        {t.cabinet} <a href={pathInLanguage(language, "/cabinet")}>{t.openCabinet}</a>.
      </p>
      <p>
        {t.letterTo(policy.controller.email)} <StopLine language={language} policy={policy} />
      </p>
    </Page>
  );
}
