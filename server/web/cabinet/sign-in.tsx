import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { readEmail } from "../../enquiries/read-email.ts";
import { askCode } from "../../sign-in/ask-code.ts";
import { codeLifetime } from "../../sign-in/one-time-code.ts";
import type { SignInLimits } from "../../sign-in/sign-in-limits.ts";
import { companyIn } from "../company.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { ErrorSummary } from "../components/error-summary.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { TextField } from "../components/text-field.tsx";
import { readForm } from "../read-form.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { languageOf } from "../page-language.ts";
import { signInTexts } from "../texts/cabinet-sign-in.ts";
import { giveCookie, readCookie } from "./cookies.ts";
import { cabinet } from "./visit.ts";

const path = "/cabinet/sign-in";

/** Asking for a code. The answer never says whether the address is known. */
export function signInRoutes(ctx: Context, limits: SignInLimits): Hono {
  return new Hono()
    .get(`${cabinet}/sign-in`, (c) => {
      const language = languageOf(c);
      return c.html(<SignInPage ctx={ctx} language={language} />);
    })
    .post(`${cabinet}/sign-in`, async (c) => {
      const language = languageOf(c);
      const t = signInTexts[language];
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      const typed = form.field("email");
      const email = readEmail(typed);
      if (email.kind !== "read") {
        return c.html(<SignInPage ctx={ctx} language={language} email={typed} error={t.emailWrong} />, 422);
      }
      const asked = await askCode(ctx, limits, { email: email.value, language });
      if (asked.kind === "wait") {
        c.header("retry-after", String(asked.seconds));
        const wait = { seconds: asked.seconds, hasCode: readCookie(ctx, c, "code") !== undefined };
        return c.html(<SignInPage ctx={ctx} language={language} email={typed} wait={wait} />, 429);
      }
      giveCookie(ctx, c, "code", asked.codeId, codeLifetime);
      return c.redirect(pathInLanguage(language, "/cabinet/code"), 303);
    });
}

/** `error`: what is wrong with the address, or with the last code; `wait`: codes were asked for too often. */
export function SignInPage(props: {
  ctx: Pick<Context, "policy" | "mailer" | "config">;
  language: Language;
  email?: string | undefined;
  error?: string | undefined;
  wait?: { readonly seconds: number; readonly hasCode: boolean } | undefined;
}) {
  const { ctx, language, error, wait } = props;
  const t = signInTexts[language];
  const company = companyIn(language, ctx.policy);
  const { email } = ctx.policy.controller;
  return (
    <Page
      language={language}
      title={t.heading}
      path={path}
      area="cabinet"
      company={company}
      hasErrors={error !== undefined}
    >
      <ErrorSummary language={language} errors={error === undefined ? [] : [{ field: "email", message: error }]} />
      {wait === undefined ? null : <WaitNotice language={language} {...wait} />}
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      {ctx.mailer === undefined && ctx.config.kind === "production" ? (
        <Notice tone="warning" heading={t.noLetters}>
          <p>
            {t.noLettersWhat} <a href={`mailto:${email}`}>{email}</a>
          </p>
        </Notice>
      ) : null}
      <Form action={pathInLanguage(language, path)}>
        <TextField
          language={language}
          name="email"
          label={t.email}
          type="email"
          inputmode="email"
          autocomplete="email"
          maxlength={254}
          value={props.email}
          error={error}
        />
        <ButtonRow>
          <Button>{t.askCode}</Button>
        </ButtonRow>
      </Form>
      <h2>{t.phoneOnly}</h2>
      <p>
        {t.phoneOnlyBefore} <a href={`mailto:${email}`}>{email}</a> {t.phoneOnlyAfter}
      </p>
    </Page>
  );
}

function WaitNotice(props: { language: Language; seconds: number; hasCode: boolean }) {
  const t = signInTexts[props.language];
  return (
    <Notice tone="warning" heading={t.wait} announce>
      <p>{t.waitMinutes(Math.ceil(props.seconds / 60))}</p>
      {props.hasCode ? (
        <p>
          <a href={pathInLanguage(props.language, "/cabinet/code")}>{t.enterCodeYouHave}</a>
        </p>
      ) : null}
    </Notice>
  );
}
