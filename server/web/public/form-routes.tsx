import { type Context as Request, Hono } from "hono";
import type { FormId } from "../../config/policy.ts";
import type { Context } from "../../context.ts";
import type { FieldFault } from "../../enquiries/read-fields.ts";
import { showForm } from "../../enquiries/shown-text.ts";
import { submitEnquiry, type SubmitOutcome } from "../../enquiries/submit-enquiry.ts";
import { companyIn } from "../company.ts";
import { Crumbs } from "../components/crumbs.tsx";
import { ErrorSummary } from "../components/error-summary.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { readFormBody } from "../read-form-body.ts";
import { formTexts } from "../texts/public-form.ts";
import { shellTexts } from "../texts/shell.ts";
import { clientOf } from "./client-of.ts";
import { EnquiryForm, faultMessage, type Filled, nothingFilled } from "./enquiry-form.tsx";
import { errorPage } from "./error-page.tsx";
import { FormRate } from "./form-rate.ts";
import { languageOf } from "../page-language.ts";
import { readFilled } from "./read-filled.ts";
import { rememberNumber } from "./received-page.tsx";

const maxBytes = 2 * 1024 * 1024;

/** A form: shown, taken in, or shown again with what is wrong and all that was typed. */
export function formRoutes(ctx: Context): Hono {
  const rate = new FormRate(ctx);
  const isForm = (name: string): name is FormId => Object.hasOwn(ctx.policy.forms, name);
  return new Hono()
    .get("/forms/:form", (c) => {
      const form = c.req.param("form");
      if (!isForm(form)) return errorPage(ctx, c, 404);
      // Revalidated rather than not stored: «back» then gives people their typing again.
      c.header("cache-control", "private, no-cache");
      return c.html(<FormPage ctx={ctx} language={languageOf(c)} form={form} filled={nothingFilled} faults={[]} />);
    })
    .post("/forms/:form", async (c) => {
      const form = c.req.param("form");
      if (!isForm(form)) return errorPage(ctx, c, 404);
      const client = clientOf(c);
      if (client !== undefined && !rate.allows(client)) {
        c.header("retry-after", "60");
        return errorPage(ctx, c, 429);
      }
      const body = await readFormBody(c.req.raw, { maxBytes });
      if (body.kind === "too-large") return errorPage(ctx, c, 413);
      if (body.kind === "wrong-type") return errorPage(ctx, c, 415);
      if (body.kind !== "read") return errorPage(ctx, c, 400, body);
      const filled = readFilled(body.fields);
      if (filled.kind === "unknown-value") return errorPage(ctx, c, 400, { kind: "unknown-value", field: filled.field });
      const outcome = await submitEnquiry(ctx, { form, language: languageOf(c), ...filled });
      return answer(ctx, c, form, filled, outcome);
    });
}

function answer(ctx: Context, c: Request, form: FormId, filled: Filled, outcome: SubmitOutcome) {
  const language = languageOf(c);
  switch (outcome.kind) {
    case "accepted":
      rememberNumber(ctx, c, outcome.number);
      return c.redirect(pathInLanguage(language, `/forms/${form}/received`), 303);
    case "refused": {
      const kind = outcome.reason === "category-not-taken" ? "unknown-field" : "unknown-purpose";
      return errorPage(ctx, c, 400, { kind, field: outcome.name, clause: outcome.clause });
    }
    case "invalid":
      return c.html(<FormPage {...{ ctx, language, form, filled }} faults={outcome.faults} />, 422);
    case "being-erased":
      return c.html(<FormPage {...{ ctx, language, form, filled }} faults={[]} beingErased />, 409);
  }
}

function FormPage(props: {
  ctx: Context;
  language: Language;
  form: FormId;
  filled: Filled;
  faults: readonly FieldFault[];
  beingErased?: boolean;
}) {
  const { ctx, language, form, filled, faults } = props;
  const shown = showForm(ctx.policy, ctx.texts, form, language);
  const errors = [
    ...(props.beingErased ? [{ message: formTexts[language].beingErased }] : []),
    ...faults.map((fault) => ({ field: fault.field, message: faultMessage(language, shown, fault) })),
  ];
  return (
    <Page
      language={language}
      title={shown.title}
      path={`/forms/${form}`}
      area="public"
      company={companyIn(language, ctx.policy)}
      hasErrors={errors.length > 0}
    >
      <ErrorSummary language={language} errors={errors} />
      <Crumbs
        language={language}
        links={[{ href: pathInLanguage(language, "/"), label: shellTexts[language].toFrontPage }]}
        here={shown.title}
      />
      <PageHeading heading={shown.title}>
        <p>{shown.lead}</p>
      </PageHeading>
      <EnquiryForm {...{ language, form, shown, filled, faults }} />
    </Page>
  );
}
