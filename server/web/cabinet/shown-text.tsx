import { Hono } from "hono";
import { findShownText, type ShownText } from "../../consent/shown-text.ts";
import type { Context } from "../../context.ts";
import { Card } from "../components/card.tsx";
import { Crumbs } from "../components/crumbs.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { pathInLanguage } from "../../language/language.ts";
import { errorPage } from "../public/error-page.tsx";
import { cabinetTexts } from "../texts/cabinet.ts";
import { consentsTexts } from "../texts/cabinet-consents.ts";
import { CabinetPage } from "./cabinet-page.tsx";
import { type CabinetEnv, cabinet, requireSignIn, type Visit } from "./visit.ts";

/** The exact text that the person agreed to, by its hash; nobody can open a text they were not shown. */
export function shownTextRoutes(ctx: Context): Hono<CabinetEnv> {
  return new Hono<CabinetEnv>().get(`${cabinet}/consents/text/:hash`, requireSignIn(ctx), async (c) => {
    const visit = c.get("visit");
    const hash = c.req.param("hash");
    const shown = await findShownText(ctx, { subject: visit.subject, hash });
    if (!shown) return errorPage(ctx, c, 404);
    return c.html(<ShownTextPage ctx={ctx} visit={visit} hash={hash} shown={shown} />);
  });
}

function ShownTextPage(props: { ctx: Context; visit: Visit; hash: string; shown: ShownText }) {
  const { ctx, visit, hash, shown } = props;
  const { language } = visit;
  const t = consentsTexts[language].shown;
  const label = cabinetTexts[language].sections.consents;
  const path = `/cabinet/consents/text/${hash}`;
  return (
    <CabinetPage ctx={ctx} visit={visit} section="consents" title={t.heading} path={path}>
      <Crumbs
        language={language}
        links={[{ href: pathInLanguage(language, "/cabinet/consents"), label }]}
        here={t.heading}
      />
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      <Card heading={t.hash}>
        <p>
          <code>{hash}</code>
        </p>
      </Card>
      <div lang={shown.language}>
        {shown.text.split("\n").map((line) => (
          <p>{line}</p>
        ))}
      </div>
    </CabinetPage>
  );
}
