import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { findEnquiry, type FoundEnquiry } from "../../enquiries/find-enquiry.ts";
import { type Consequence, foreseeFulfilment, fulfilEnquiry } from "../../enquiries/fulfil-enquiry.ts";
import { Button, ButtonLink, ButtonRow } from "../components/button.tsx";
import { Crumbs } from "../components/crumbs.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { pathInLanguage } from "../../language/language.ts";
import { consoleEnquiriesTexts } from "../texts/console-enquiries.ts";
import { ConsoleMessage } from "./console-message.tsx";
import { ConsolePage } from "./console-page.tsx";
import { ClauseLink, groundTitle } from "./policy-words.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";

/** Asking whether an enquiry is carried out, with what that brings about; the form says yes. */
export function fulfilRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>()
    .get("/console/enquiries/:number/fulfil", async (c) => {
      const visit = c.get("visit");
      const enquiry = await findEnquiry(ctx, c.req.param("number"));
      if (!enquiry) return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, 404);
      if (enquiry.state !== "open") return c.redirect(enquiryPath(visit, enquiry.number), 303);
      const consequence = await foreseeFulfilment(ctx, enquiry);
      return c.html(<FulfilPage {...{ ctx, visit, enquiry, consequence }} />);
    })
    .post("/console/enquiries/:number/fulfil", async (c) => {
      const visit = c.get("visit");
      const number = c.req.param("number");
      const fulfilled = await fulfilEnquiry(ctx, { number, staffId: visit.member.staffId });
      if (fulfilled.kind === "unknown") {
        return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, 404);
      }
      if (fulfilled.kind === "stopped") return c.redirect(enquiryPath(visit, number), 303);
      // To the list: where nothing lives after it, the enquiry itself is about to be destroyed.
      return c.redirect(pathInLanguage(visit.language, `/console/enquiries?fulfilled=${number}`), 303);
    });
}

function enquiryPath(visit: Visit, number: string): string {
  return pathInLanguage(visit.language, `/console/enquiries/${number}`);
}

function FulfilPage(props: { ctx: Context; visit: Visit; enquiry: FoundEnquiry; consequence: Consequence }) {
  const { ctx, visit, enquiry, consequence } = props;
  const { language } = visit;
  const texts = consoleEnquiriesTexts[language];
  const t = texts.fulfil;
  const heading = t.heading(enquiry.number);
  const back = enquiryPath(visit, enquiry.number);
  return (
    <ConsolePage
      {...{ ctx, visit }}
      title={heading}
      path={`/console/enquiries/${enquiry.number}/fulfil`}
      section="enquiries"
    >
      <Crumbs
        language={language}
        links={[
          { href: pathInLanguage(language, "/console/enquiries"), label: texts.heading },
          { href: back, label: texts.enquiry.heading(enquiry.number) },
        ]}
        here={t.here}
      />
      <PageHeading heading={heading} />
      <Notice tone={consequence.kind === "all-ends" ? "warning" : "info"} heading={t.what}>
        <What {...{ ctx, visit, enquiry, consequence }} />
      </Notice>
      <Form action={`${back}/fulfil`}>
        <ButtonRow>
          <Button kind={consequence.kind === "all-ends" ? "danger" : "primary"}>{t.yes}</Button>
          <ButtonLink href={back} kind="secondary">
            {t.no}
          </ButtonLink>
        </ButtonRow>
      </Form>
    </ConsolePage>
  );
}

function What(props: { ctx: Context; visit: Visit; enquiry: FoundEnquiry; consequence: Consequence }) {
  const { ctx, visit, enquiry, consequence } = props;
  const { language } = visit;
  const t = consoleEnquiriesTexts[language].fulfil;
  const title = (purpose: string) => groundTitle(ctx.policy, language, purpose);
  if (consequence.kind === "purpose-continues") return <p>{t.continues(title(enquiry.purpose))}</p>;
  return (
    <>
      <p>
        {t.ends(title(enquiry.purpose))} (<ClauseLink language={language} clause="17.4" />).
      </p>
      {consequence.kind === "request-open" ? (
        <p>{t.requestOpen}</p>
      ) : consequence.kind === "purpose-ends" ? (
        <>
          <p>{t.living}</p>
          <ul>
            {consequence.living.map((purpose) => (
              <li>{title(purpose)}</li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <p>
            {t.allEnds(ctx.policy.requests.stop.limit.days)} (<ClauseLink language={language} clause="17" />).
          </p>
          <p>{`${t.told} ${t.irreversible}`}</p>
        </>
      )}
    </>
  );
}
