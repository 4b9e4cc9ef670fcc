import { Hono } from "hono";
import { findGround } from "../../../policy/language/grounds.ts";
import type { PurposeEnd } from "../../../policy/language/policy.ts";
import type { ConsentState } from "../../../policy/rules/consent-state.ts";
import type { PurposeId } from "../../config/policy.ts";
import { livingOf, type MyConsent, readMyConsents } from "../../consent/my-consents.ts";
import { withdrawConsent } from "../../consent/withdraw-consent.ts";
import type { Context } from "../../context.ts";
import { Button, ButtonLink, ButtonRow } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { Status } from "../components/status.tsx";
import { type SummaryItem, SummaryList } from "../components/summary-list.tsx";
import { readForm } from "../read-form.ts";
import { formatDateTime } from "../../language/format-date.ts";
import { isLanguage, type Language, pathInLanguage } from "../../language/language.ts";
import { errorPage } from "../public/error-page.tsx";
import { cabinetTexts } from "../texts/cabinet.ts";
import { consentsTexts } from "../texts/cabinet-consents.ts";
import { CabinetPage } from "./cabinet-page.tsx";
import { ClauseLink } from "./clause-link.tsx";
import { giveFarewell } from "./farewell.tsx";
import { groundTitle } from "./policy-words.ts";
import { type CabinetEnv, cabinet, requireSignIn, type Visit } from "./visit.ts";

type PolicyOnly = Pick<Context, "policy">;
const path = "/cabinet/consents";

/** The person's consents, and the withdrawal of one (6, third paragraph). */
export function consentsRoutes(ctx: Context): Hono<CabinetEnv> {
  return new Hono<CabinetEnv>()
    .get(`${cabinet}/consents`, requireSignIn(ctx), async (c) => {
      const visit = c.get("visit");
      const consents = await readMyConsents(ctx, visit.subject);
      const asked = c.req.query("withdrawn");
      const withdrawn = consents.find(({ purpose, state }) => purpose === asked && state === "withdrawn");
      return c.html(<ConsentsPage ctx={ctx} visit={visit} consents={consents} withdrawn={withdrawn?.purpose} />);
    })
    .post(`${cabinet}/consents`, requireSignIn(ctx), async (c) => {
      const { language, subject } = c.get("visit");
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      const purpose = form.field("withdraw");
      if (!isPurpose(ctx, purpose)) return errorPage(ctx, c, 404);
      const done = await withdrawConsent(ctx, { subject, purpose });
      if (done.kind === "withdrawn" && done.stopped) return giveFarewell(ctx, c, { language, subject });
      return c.redirect(`${pathInLanguage(language, path)}?withdrawn=${purpose}`, 303);
    });
}

function isPurpose(ctx: PolicyOnly, id: string): id is PurposeId {
  return Object.hasOwn(ctx.policy.purposes, id);
}

function ConsentsPage(props: {
  ctx: PolicyOnly;
  visit: Visit;
  consents: readonly MyConsent[];
  withdrawn: string | undefined;
}) {
  const { ctx, visit, consents, withdrawn } = props;
  const { language } = visit;
  const t = consentsTexts[language];
  const living = livingOf(consents);
  return (
    <CabinetPage ctx={ctx} visit={visit} section="consents">
      {withdrawn === undefined ? null : (
        <Notice tone="success" heading={t.withdrawn} announce>
          <p>{t.withdrawnWhat(groundTitle(ctx.policy, language, withdrawn))}</p>
        </Notice>
      )}
      <PageHeading heading={cabinetTexts[language].sections.consents}>
        <p>{t.lede}</p>
      </PageHeading>
      {consents.length === 0 ? <EmptyState heading={t.none} /> : null}
      {consents.map((consent) => (
        <ConsentCard ctx={ctx} language={language} consent={consent} isLast={living.length === 1} />
      ))}
      {living.length > 1 ? (
        <>
          <h2>{t.all.link}</h2>
          <p>{t.all.lede}</p>
          <ButtonRow>
            <WithdrawAllLink language={language} />
          </ButtonRow>
        </>
      ) : null}
    </CabinetPage>
  );
}

const tones = {
  given: "success",
  refused: "neutral",
  withdrawn: "neutral",
  expired: "neutral",
  superseded: "neutral",
  asked: "info",
  "never-asked": "neutral",
} as const satisfies Record<ConsentState, string>;

/** `isLast`: no other consent of the person lives. */
type ConsentProps = { ctx: PolicyOnly; language: Language; consent: MyConsent; isLast: boolean };

function ConsentCard(props: ConsentProps) {
  const { ctx, language, consent } = props;
  const t = consentsTexts[language];
  return (
    <Card
      heading={groundTitle(ctx.policy, language, consent.purpose)}
      aside={<Status tone={tones[consent.state]}>{t.states[consent.state]}</Status>}
      foot={consent.state === "given" ? <Withdraw {...props} /> : undefined}
    >
      <SummaryList items={[...standing(ctx, language, consent), ...act(ctx, language, consent)]} />
      <Consequence {...props} />
    </Card>
  );
}

function standing(ctx: PolicyOnly, language: Language, consent: MyConsent): readonly SummaryItem[] {
  const t = consentsTexts[language];
  const found = findGround(ctx.policy, consent.purpose);
  const end: PurposeEnd = found?.kind === "purpose" ? found.ground.end : "withdrawn";
  const items: SummaryItem[] = [
    { term: t.since[consent.state], value: formatDateTime(consent.since, language) },
    { term: t.basis, value: <ClauseLink language={language} clause={found?.ground.clause ?? consent.purpose} /> },
  ];
  return consent.state === "given" ? [...items, { term: t.ends, value: t.endsWhen[end] }] : items;
}

/** What the person saw and pressed when they were asked last. */
function act(ctx: PolicyOnly, language: Language, { act }: MyConsent): readonly SummaryItem[] {
  if (!act) return [];
  const t = consentsTexts[language];
  const forms: Readonly<Record<string, { readonly title: Readonly<Record<Language, string>> }>> = ctx.policy.forms;
  const shownIn = isLanguage(act.language) ? act.language : language;
  const value = (
    <>
      <p>{t.pressed(act.buttonLabel, forms[act.form]?.title[shownIn] ?? act.form)}</p>
      <p>{t.edition(act.policyVersion, t.languages[shownIn])}</p>
      <p>
        <a href={pathInLanguage(language, `${path}/text/${act.shownHash}`)}>{t.exactText}</a>
      </p>
    </>
  );
  return [{ term: t.act, value }];
}

/** What withdrawing this one would bring with it, beyond the purpose itself. */
function Consequence({ ctx, language, consent, isLast }: ConsentProps) {
  if (consent.state !== "given") return null;
  const found = findGround(ctx.policy, consent.purpose);
  const t = consentsTexts[language];
  if (isLast) return <p>{t.last}</p>;
  return found?.kind === "purpose" && found.ground.basis === "contract" ? <p>{t.needed}</p> : null;
}

/** The last living consent takes everything with it, so it is withdrawn where that is said. */
function Withdraw({ ctx, language, consent, isLast }: ConsentProps) {
  if (isLast) return <WithdrawAllLink language={language} />;
  const title = groundTitle(ctx.policy, language, consent.purpose);
  return (
    <Form action={pathInLanguage(language, path)}>
      <Button kind="secondary" name="withdraw" value={consent.purpose} about={`«${title}»`}>
        {consentsTexts[language].withdraw}
      </Button>
    </Form>
  );
}

function WithdrawAllLink({ language }: { language: Language }) {
  return (
    <ButtonLink href={pathInLanguage(language, `${path}/withdraw-all`)} kind="danger">
      {consentsTexts[language].all.link}
    </ButtonLink>
  );
}
