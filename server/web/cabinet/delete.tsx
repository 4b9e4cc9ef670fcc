import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { openFromCabinet } from "../../requests/open-from-cabinet.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { CheckboxField } from "../components/checkbox-field.tsx";
import { ErrorSummary } from "../components/error-summary.tsx";
import { Form } from "../components/form.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { readForm } from "../read-form.ts";
import { pathInLanguage } from "../../language/language.ts";
import { deleteTexts } from "../texts/cabinet-delete.ts";
import { CabinetPage } from "./cabinet-page.tsx";
import { giveFarewell } from "./farewell.tsx";
import { type CabinetEnv, cabinet, requireSignIn, type Visit } from "./visit.ts";
import { WhatHappens } from "./what-happens.tsx";

const path = "/cabinet/delete";

/** Deleting one's data from the cabinet (11.6.1, 17.3). */
export function deleteRoutes(ctx: Context): Hono<CabinetEnv> {
  return new Hono<CabinetEnv>()
    .get(`${cabinet}/delete`, requireSignIn(ctx), (c) => c.html(<DeletePage ctx={ctx} visit={c.get("visit")} />))
    .post(`${cabinet}/delete`, requireSignIn(ctx), async (c) => {
      const visit = c.get("visit");
      const { language, subject, erasure } = visit;
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      if (form.field("understand") !== "yes") {
        const error = deleteTexts[language].understandError;
        return c.html(<DeletePage ctx={ctx} visit={visit} error={error} />, 422);
      }
      // Once stopped, all of it is on its way out: a second demand would only number it twice.
      if (!erasure) await openFromCabinet(ctx, { subject, kind: "destruction", language });
      return giveFarewell(ctx, c, { language, subject });
    });
}

function DeletePage({ ctx, visit, error }: { ctx: Context; visit: Visit; error?: string | undefined }) {
  const { language } = visit;
  const t = deleteTexts[language];
  const errors = error === undefined ? [] : [{ field: "understand", message: error }];
  return (
    <CabinetPage ctx={ctx} visit={visit} section="delete" hasErrors={error !== undefined}>
      <ErrorSummary language={language} errors={errors} />
      <PageHeading heading={t.heading}>{visit.erasure ? null : <p>{t.lede}</p>}</PageHeading>
      <h2>{t.goes}</h2>
      <ul>
        {t.goesList.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
      {visit.erasure ? null : (
        <>
          <h2>{t.consequence}</h2>
          <WhatHappens ctx={ctx} language={language} kind="destruction" />
          <Form action={pathInLanguage(language, path)}>
            <CheckboxField language={language} name="understand" label={t.understand} error={error} />
            <ButtonRow>
              <Button kind="danger">{t.confirm}</Button>
            </ButtonRow>
          </Form>
        </>
      )}
    </CabinetPage>
  );
}
