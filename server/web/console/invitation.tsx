import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { type Accepted, acceptInvitation } from "../../staff/accept-invitation.ts";
import { openConsoleSession } from "../../staff/console-session.ts";
import { findInvitation, type Invitation } from "../../staff/invitation.ts";
import { companyIn } from "../company.ts";
import { Button, ButtonLink, ButtonRow } from "../components/button.tsx";
import { ErrorSummary, type FormError } from "../components/error-summary.tsx";
import { Form } from "../components/form.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { TextField } from "../components/text-field.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { languageOf } from "../page-language.ts";
import { consoleSignInTexts } from "../texts/console-sign-in.ts";
import { readForm } from "../read-form.ts";
import { giveSessionCookie } from "./session-cookie.ts";

type Gone = Exclude<Invitation["kind"], "open">;

/** The page behind a one-time link: opening it uses nothing up, sending the form does. */
export function invitationRoutes(ctx: Context): Hono {
  return new Hono()
    .get("/console/invitation/:secret", async (c) => {
      const language = languageOf(c);
      const secret = c.req.param("secret");
      const invitation = await findInvitation(ctx, secret);
      if (invitation.kind !== "open") return c.html(<GonePage {...{ ctx, language }} kind={invitation.kind} />, 410);
      return c.html(<InvitationPage {...{ ctx, language, secret, invitation }} login="" name="" errors={[]} />);
    })
    .post("/console/invitation/:secret", async (c) => {
      const language = languageOf(c);
      const secret = c.req.param("secret");
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      const typed = { login: form.field("login"), name: form.field("name") };
      const accepted = await acceptInvitation(ctx, secret, { ...typed, password: form.field("password") });
      if (accepted.kind === "accepted") {
        giveSessionCookie(ctx, c, await openConsoleSession(ctx, accepted.staffId));
        return c.redirect(pathInLanguage(language, "/console"), 303);
      }
      if (accepted.kind !== "faulty" && accepted.kind !== "login-taken") {
        return c.html(<GonePage {...{ ctx, language }} kind={accepted.kind} />, 410);
      }
      const invitation = await findInvitation(ctx, secret);
      if (invitation.kind !== "open") return c.html(<GonePage {...{ ctx, language }} kind={invitation.kind} />, 410);
      const errors = errorsOf(language, accepted);
      return c.html(<InvitationPage {...{ ctx, language, secret, invitation, ...typed, errors }} />, 422);
    });
}

function errorsOf(
  language: Language,
  accepted: Extract<Accepted, { kind: "faulty" | "login-taken" }>,
): readonly FormError[] {
  const t = consoleSignInTexts[language].invitation;
  if (accepted.kind === "login-taken") return [{ field: "login", message: t.loginTaken }];
  return accepted.faults.map((fault) => {
    const [field] = fault.split("-", 1);
    return { field, message: t.faults[fault] };
  });
}

function InvitationPage(props: {
  ctx: Context;
  language: Language;
  secret: string;
  invitation: Extract<Invitation, { kind: "open" }>;
  login: string;
  name: string;
  errors: readonly FormError[];
}) {
  const { ctx, language, secret, invitation, errors } = props;
  const t = consoleSignInTexts[language].invitation;
  const path = `/console/invitation/${secret}`;
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
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
        <p>{t.lede[invitation.role]}</p>
        <p>{t.expires(formatDateTime(invitation.expiresAt, language))}</p>
      </PageHeading>
      <Form action={pathInLanguage(language, path)}>
        <TextField
          {...{ language, label: t.login, hint: t.loginHint, value: props.login, error: errorOf("login") }}
          name="login"
          autocomplete="username"
        />
        <TextField
          {...{ language, label: t.name, hint: t.nameHint, value: props.name, error: errorOf("name") }}
          name="name"
          autocomplete="name"
        />
        <TextField
          {...{ language, label: t.password, hint: t.passwordHint, error: errorOf("password") }}
          name="password"
          type="password"
          autocomplete="new-password"
        />
        <ButtonRow>
          <Button>{t.button}</Button>
        </ButtonRow>
      </Form>
    </Page>
  );
}

function GonePage(props: { ctx: Context; language: Language; kind: Gone }) {
  const { ctx, language } = props;
  const t = consoleSignInTexts[language].invitation;
  const { heading, body } = t.gone[props.kind];
  return (
    <Page
      language={language}
      title={heading}
      path="/console/sign-in"
      area="console"
      company={companyIn(language, ctx.policy)}
    >
      <PageHeading heading={heading}>
        <p>{body}</p>
      </PageHeading>
      <ButtonRow>
        <ButtonLink href={pathInLanguage(language, "/console/sign-in")}>{t.toSignIn}</ButtonLink>
      </ButtonRow>
    </Page>
  );
}
