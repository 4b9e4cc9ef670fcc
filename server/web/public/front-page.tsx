import { Hono } from "hono";
import type { FormId } from "../../config/policy.ts";
import type { Context } from "../../context.ts";
import { companyIn } from "../company.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Cards } from "../components/card.tsx";
import { Hero } from "../components/hero.tsx";
import { Page } from "../components/page.tsx";
import { type Language, languages, pathInLanguage, preferredLanguage } from "../../language/language.ts";
import { frontTexts } from "../texts/public-front.ts";
import { keptBriefly } from "./kept-briefly.ts";

/** `/ru/`, `/ky/` and `/en/`; and the ways there from the bare address and without the last stroke. */
export function frontRoutes(ctx: Context): Hono {
  const routes = new Hono().get("/", (c) => {
    c.header("vary", "accept-language");
    return c.redirect(pathInLanguage(preferredLanguage(c.req.header("accept-language")), "/"), 302);
  });
  for (const language of languages) {
    const path = pathInLanguage(language, "/");
    routes.get(`/${language}`, (c) => c.redirect(path, 301));
    routes.get(path, keptBriefly(), (c) => c.html(<FrontPage language={language} policy={ctx.policy} />));
  }
  return routes;
}

/** Where in the policy each promise stands. A paragraph where one is meant: `16-1`. */
const promises = [
  ["little", "5", "5"],
  ["purposes", "10.2", "10.2"],
  ["thirdParties", "11.3", "11.3-2"],
  ["yours", "16", "16-1"],
  ["stop", "17", "17-2"],
] as const;

function FrontPage({ language, policy }: { language: Language; policy: Context["policy"] }) {
  const t = frontTexts[language];
  const site = policy.sites[0]?.domain ?? "";
  const policyPath = pathInLanguage(language, "/policy");
  const forms = Object.keys(policy.forms) as FormId[];
  const formPath = (form: FormId) => pathInLanguage(language, `/forms/${form}`);
  return (
    <Page
      language={language}
      title={t.heading(site)}
      path="/"
      area="public"
      company={companyIn(language, policy)}
    >
      <Hero
        heading={t.heading(site)}
        actions={
          <>
            <ButtonLink href={formPath("consultation")}>{policy.forms.consultation.title[language]}</ButtonLink>
            <ButtonLink href={policyPath} kind="secondary">
              {t.readPolicy}
            </ButtonLink>
          </>
        }
      >
        <p>{t.lede}</p>
      </Hero>
      <h2>{t.forms}</h2>
      <Cards>
        {forms.map((form) => (
          <Card heading={policy.forms[form].title[language]} href={formPath(form)}>
            <p>{policy.forms[form].lead[language]}</p>
          </Card>
        ))}
      </Cards>
      <h2>{t.promises}</h2>
      <p>{t.promisesLede}</p>
      <Cards>
        {promises.map(([name, clause, anchor]) => (
          <Card
            heading={t.promise[name].heading}
            foot={<a href={`${policyPath}#${anchor}`}>{t.clause(clause)}</a>}
          >
            <p>{t.promise[name].text}</p>
          </Card>
        ))}
      </Cards>
      <h2>{t.cabinet.heading}</h2>
      <p>{t.cabinet.text}</p>
      <p>
        <a href={pathInLanguage(language, "/cabinet")}>{t.cabinet.open}</a>
      </p>
    </Page>
  );
}
