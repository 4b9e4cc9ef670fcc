import { Hono } from "hono";
import type { Child } from "hono/jsx";
import type { Context } from "../../context.ts";
import { type Confirmation, confirmRequest, findConfirmation } from "../../requests/confirm-request.ts";
import type { RequestStatus } from "../../requests/request-status.ts";
import { companyIn } from "../company.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { formatDate, formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { confirmTexts } from "../texts/public-confirm.ts";
import { languageOf } from "../page-language.ts";
import { StopLine } from "./stop-line.tsx";

const statuses = { waiting: 200, used: 200, expired: 410, unknown: 404 } as const;

/**
 * The link of a confirmation letter. Opening it changes nothing, because mail programs open links by themselves;
 * pressing confirms, and leads back to the same address, which then says where the request stands.
 */
export function confirmRoutes(ctx: Context): Hono {
  return new Hono()
    .get("/confirm/:secret", async (c) => {
      const secret = c.req.param("secret");
      const found = await findConfirmation(ctx, secret);
      return c.html(
        <ConfirmPage language={languageOf(c)} policy={ctx.policy} secret={secret} found={found} />,
        statuses[found.kind],
      );
    })
    .post("/confirm/:secret", async (c) => {
      const secret = c.req.param("secret");
      await confirmRequest(ctx, secret);
      return c.redirect(pathInLanguage(languageOf(c), `/confirm/${encodeURIComponent(secret)}`), 303);
    });
}

interface Props {
  language: Language;
  policy: Context["policy"];
  secret: string;
  found: Confirmation;
}

function ConfirmPage(props: Props) {
  const { language, policy, secret, found } = props;
  const t = confirmTexts[language];
  const about = describe(props);
  const isLost = found.kind === "unknown" || found.kind === "expired";
  return (
    <Page
      language={language}
      title={about.title}
      path={`/confirm/${encodeURIComponent(secret)}`}
      area="public"
      company={companyIn(language, policy)}
    >
      <PageHeading
        heading={about.title}
        above={found.kind === "unknown" ? undefined : t.above(found.status.number)}
      />
      {about.body}
      {isLost ? <WhatNow language={language} policy={policy} /> : null}
    </Page>
  );
}

function describe(props: Props): { title: string; body: Child } {
  const { language, found } = props;
  const t = confirmTexts[language];
  switch (found.kind) {
    case "waiting":
      return { title: t.waiting.title, body: <Waiting {...props} {...found} /> };
    case "used":
      return describeUsed(language, found.status);
    case "expired":
    case "unknown":
      return { title: t[found.kind].title, body: <p>{t[found.kind].text}</p> };
  }
}

function describeUsed(language: Language, status: RequestStatus): { title: string; body: Child } {
  const { stopped, destroyed, closed } = confirmTexts[language];
  if (status.state !== "closed") {
    const text = stopped.text(formatDate(status.dueOn, language));
    return { title: stopped.title, body: <Notice tone="success" heading={text} announce /> };
  }
  if (status.outcome !== "destroyed" || status.closedAt === null) {
    return { title: closed.title, body: <p>{closed.text}</p> };
  }
  const text = destroyed.text(formatDate(status.closedAt, language));
  return { title: destroyed.title, body: <Notice tone="success" heading={text} announce /> };
}

function Waiting(props: { language: Language; secret: string; status: RequestStatus; linkUntil: Temporal.Instant }) {
  const { language, secret, status, linkUntil } = props;
  const t = confirmTexts[language].waiting;
  return (
    <>
      <p>{t.asked(formatDate(status.receivedAt, language))}</p>
      <p>{t.effects}</p>
      <ul>
        <li>{t.stop}</li>
        <li>{t.destroy(formatDate(status.dueOn, language))}</li>
        <li>{t.tell}</li>
      </ul>
      <Notice tone="warning" heading={t.noWayBack} />
      <Form action={pathInLanguage(language, `/confirm/${encodeURIComponent(secret)}`)}>
        <ButtonRow>
          <Button kind="danger">{t.press}</Button>
        </ButtonRow>
      </Form>
      <p>{t.notMine(formatDateTime(linkUntil, language))}</p>
    </>
  );
}

function WhatNow({ language, policy }: { language: Language; policy: Context["policy"] }) {
  const t = confirmTexts[language];
  return (
    <>
      <p>
        {t.again(policy.controller.email)} <StopLine language={language} policy={policy} />
      </p>
      <p>
        <a href={pathInLanguage(language, "/cabinet")}>{t.cabinet}</a>
      </p>
    </>
  );
}
