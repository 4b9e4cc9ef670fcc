import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { endSession, sessionLifetime } from "../../sign-in/cabinet-session.ts";
import { checkCode } from "../../sign-in/check-code.ts";
import { companyIn } from "../company.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { ErrorSummary } from "../components/error-summary.tsx";
import { Form } from "../components/form.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { TextField } from "../components/text-field.tsx";
import { readForm } from "../read-form.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { languageOf } from "../page-language.ts";
import { signInTexts } from "../texts/cabinet-sign-in.ts";
import { dropCookie, giveCookie, readCookie } from "./cookies.ts";
import { SignInPage } from "./sign-in.tsx";
import { cabinet } from "./visit.ts";

const path = "/cabinet/code";

/** Entering the code, and signing out. Which code it is travels in a cookie; the address travels nowhere. */
export function codeRoutes(ctx: Context): Hono {
  return new Hono()
    .get(`${cabinet}/code`, (c) => {
      const language = languageOf(c);
      const hasCode = readCookie(ctx, c, "code") !== undefined;
      if (!hasCode) return c.redirect(pathInLanguage(language, "/cabinet/sign-in"), 303);
      return c.html(<CodePage ctx={ctx} language={language} />);
    })
    .post(`${cabinet}/code`, async (c) => {
      const language = languageOf(c);
      const t = signInTexts[language].code;
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      // Mail programs show long numbers in groups, and people type them so.
      const typed = form.field("code");
      const code = typed.replaceAll(/[\s-]/g, "");
      if (!/^\d{6}$/.test(code)) {
        return c.html(<CodePage ctx={ctx} language={language} code={typed} error={t.format} />, 422);
      }
      const checked = await checkCode(ctx, { codeId: readCookie(ctx, c, "code") ?? "", code });
      if (checked.kind === "wrong") {
        return c.html(<CodePage ctx={ctx} language={language} error={t.wrong(checked.attemptsLeft)} />, 422);
      }
      dropCookie(ctx, c, "code");
      if (checked.kind === "signed-in") {
        giveCookie(ctx, c, "session", checked.cookie, sessionLifetime);
        return c.redirect(pathInLanguage(language, "/cabinet"), 303);
      }
      const error = checked.kind === "expired" ? t.expired : t.usedUp;
      return c.html(<SignInPage ctx={ctx} language={language} error={error} />, 422);
    })
    .post(`${cabinet}/sign-out`, async (c) => {
      const cookie = readCookie(ctx, c, "session");
      if (cookie !== undefined) await endSession(ctx, cookie);
      dropCookie(ctx, c, "session");
      const language = languageOf(c);
      return c.redirect(pathInLanguage(language, "/cabinet/sign-in"), 303);
    });
}

function CodePage(props: {
  ctx: Pick<Context, "policy">;
  language: Language;
  code?: string | undefined;
  error?: string | undefined;
}) {
  const { ctx, language, error } = props;
  const t = signInTexts[language].code;
  const company = companyIn(language, ctx.policy);
  return (
    <Page
      language={language}
      title={t.heading}
      path={path}
      area="cabinet"
      company={company}
      hasErrors={error !== undefined}
    >
      <ErrorSummary language={language} errors={error === undefined ? [] : [{ field: "code", message: error }]} />
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      <Form action={pathInLanguage(language, path)}>
        <TextField
          language={language}
          name="code"
          label={t.label}
          width="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={12}
          value={props.code}
          error={error}
        />
        <ButtonRow>
          <Button>{t.signIn}</Button>
        </ButtonRow>
      </Form>
      <h2>{t.notThere}</h2>
      <p>
        {t.notThereWhat} <a href={pathInLanguage(language, "/cabinet/sign-in")}>{t.askAgain}</a>.
      </p>
    </Page>
  );
}
