import { Hono } from "hono";
import { livingOf, readMyConsents } from "../../consent/my-consents.ts";
import type { Context } from "../../context.ts";
import { openFromCabinet } from "../../requests/open-from-cabinet.ts";
import { Button, ButtonLink, ButtonRow } from "../components/button.tsx";
import { Crumbs } from "../components/crumbs.tsx";
import { Form } from "../components/form.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { pathInLanguage } from "../../language/language.ts";
import { cabinetTexts } from "../texts/cabinet.ts";
import { consentsTexts } from "../texts/cabinet-consents.ts";
import { CabinetPage } from "./cabinet-page.tsx";
import { giveFarewell } from "./farewell.tsx";
import { groundTitle } from "./policy-words.ts";
import { type CabinetEnv, cabinet, requireSignIn, type Visit } from "./visit.ts";
import { WhatHappens } from "./what-happens.tsx";

const path = "/cabinet/consents/withdraw-all";

/** Withdrawing every consent at once: a page that says what will happen, and the button (17.2). */
export function withdrawAllRoutes(ctx: Context): Hono<CabinetEnv> {
  return new Hono<CabinetEnv>()
    .get(`${cabinet}/consents/withdraw-all`, requireSignIn(ctx), async (c) => {
      const visit = c.get("visit");
      const living = livingOf(await readMyConsents(ctx, visit.subject));
      if (living.length === 0) return c.redirect(pathInLanguage(visit.language, "/cabinet/consents"), 303);
      return c.html(<WithdrawAllPage ctx={ctx} visit={visit} living={living} />);
    })
    .post(`${cabinet}/consents/withdraw-all`, requireSignIn(ctx), async (c) => {
      const { language, subject, erasure } = c.get("visit");
      if (!erasure) await openFromCabinet(ctx, { subject, kind: "stop", language });
      return giveFarewell(ctx, c, { language, subject });
    });
}

function WithdrawAllPage({ ctx, visit, living }: { ctx: Context; visit: Visit; living: readonly string[] }) {
  const { language } = visit;
  const t = consentsTexts[language].all;
  const { sections, back } = cabinetTexts[language];
  const consents = pathInLanguage(language, "/cabinet/consents");
  return (
    <CabinetPage ctx={ctx} visit={visit} section="consents" title={t.heading} path={path}>
      <Crumbs language={language} links={[{ href: consents, label: sections.consents }]} here={t.link} />
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      <h2>{t.living}</h2>
      <ul>
        {living.map((purpose) => (
          <li>{groundTitle(ctx.policy, language, purpose)}</li>
        ))}
      </ul>
      <h2>{t.whatHappens}</h2>
      <WhatHappens ctx={ctx} language={language} kind="stop" />
      <Form action={pathInLanguage(language, path)}>
        <ButtonRow>
          <Button kind="danger">{t.confirm}</Button>
          <ButtonLink href={consents} kind="secondary">
            {back}
          </ButtonLink>
        </ButtonRow>
      </Form>
    </CabinetPage>
  );
}
