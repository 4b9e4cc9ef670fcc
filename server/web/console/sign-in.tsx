import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { closeConsoleSession, openConsoleSession } from "../../staff/console-session.ts";
import { signIn } from "../../staff/sign-in.ts";
import { createSignInAttempts, type SignInAttempts } from "../../staff/sign-in-attempts.ts";
import { companyIn } from "../company.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { ErrorSummary, type FormError } from "../components/error-summary.tsx";
import { Form } from "../components/form.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { TextField } from "../components/text-field.tsx";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { languageOf } from "../page-language.ts";
import { consoleSignInTexts } from "../texts/console-sign-in.ts";
import { readForm } from "../read-form.ts";
import { dropSessionCookie, giveSessionCookie, readSessionCookie } from "./session-cookie.ts";

const path = "/console/sign-in";

/** Signing in and out. `attempts` lives as long as the server. */
export function signInRoutes(ctx: Context, attempts: SignInAttempts = createSignInAttempts()): Hono {
  return new Hono()
    .get(path, (c) => {
      return c.html(<SignInPage ctx={ctx} language={languageOf(c)} />);
    })
    .post(path, async (c) => {
      const language = languageOf(c);
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      const login = form.field("login");
      const signedIn = await signIn(ctx, attempts, { login, password: form.field("password") });
      if (signedIn.kind === "signed-in") {
        giveSessionCookie(ctx, c, await openConsoleSession(ctx, signedIn.staffId));
        return c.redirect(pathInLanguage(language, "/console"), 303);
      }
      const t = consoleSignInTexts[language].signIn;
      if (signedIn.kind === "wrong") {
        return c.html(<SignInPage {...{ ctx, language, login }} error={t.wrong} />, 401);
      }
      const seconds = signedIn.retryAfter.total("seconds");
      c.header("retry-after", String(seconds));
      const error = t.tooMany(Math.ceil(seconds / 60));
      return c.html(<SignInPage {...{ ctx, language, login, error }} />, 429);
    })
    .post("/console/sign-out", async (c) => {
      const secret = readSessionCookie(ctx, c);
      if (secret !== undefined) await closeConsoleSession(ctx, secret);
      dropSessionCookie(ctx, c);
      return c.redirect(pathInLanguage(languageOf(c), path), 303);
    });
}

function SignInPage(props: {
  ctx: Context;
  language: Language;
  login?: string | undefined;
  error?: string | undefined;
}) {
  const { ctx, language, error } = props;
  const t = consoleSignInTexts[language].signIn;
  const errors: readonly FormError[] = error === undefined ? [] : [{ field: "login", message: error }];
  return (
    <Page
      language={language}
      title={t.heading}
      path={path}
      area="console"
      company={companyIn(language, ctx.policy)}
      hasErrors={errors.length > 0}
    >
      <ErrorSummary language={language} errors={errors} />
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      <Form action={pathInLanguage(language, path)}>
        <TextField
          {...{ language, label: t.login, value: props.login, error }}
          name="login"
          autocomplete="username"
        />
        <TextField
          {...{ language, label: t.password }}
          name="password"
          type="password"
          autocomplete="current-password"
        />
        <ButtonRow>
          <Button>{t.button}</Button>
        </ButtonRow>
      </Form>
      <p>
        <small>{t.noPassword}</small>
      </p>
      <p>
        <small>
          {t.forPeople} <a href={pathInLanguage(language, "/cabinet")}>{t.toCabinet}</a>.
        </small>
      </p>
    </Page>
  );
}
