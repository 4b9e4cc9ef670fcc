import type { Context as Request } from "hono";
import type { Context } from "../../context.ts";
import { companyIn } from "../company.ts";
import { ButtonLink } from "../components/button.tsx";
import { type Area, Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { languageFromPath, pathInLanguage, preferredLanguage } from "../../language/language.ts";
import type { FieldFault } from "../read-form-body.ts";
import { errorTexts } from "../texts/public-errors.ts";

/** The answers that mean no, by their HTTP status. */
export type ErrorStatus = 400 | 403 | 404 | 405 | 413 | 415 | 422 | 429 | 500;

/** Where exactly it went wrong: the field's name as it was sent, and the clause that forbids it, if one does. */
export interface ErrorPlace {
  readonly kind: FieldFault["kind"] | "unknown-field" | "unknown-value" | "unknown-purpose";
  readonly field: string | undefined;
  readonly clause?: string;
}

/** The page of an error in the language of the address, or else of the browser: what was wrong and what to do. */
export function errorPage(
  ctx: Pick<Context, "policy">,
  c: Request,
  status: ErrorStatus,
  place?: ErrorPlace,
): Response | Promise<Response> {
  const language = languageFromPath(c.req.path) ?? preferredLanguage(c.req.header("accept-language"));
  const t = errorTexts[language];
  const { heading, what, todo } = t[status];
  return c.html(
    <Page
      language={language}
      title={heading}
      path="/"
      area={areaOf(c.req.path)}
      company={companyIn(language, ctx.policy)}
      hasErrors
    >
      <PageHeading heading={heading}>
        {place === undefined ? null : <p>{t.fields[place.kind](shorten(place.field ?? t.namelessField))}</p>}
        <p>{what}</p>
      </PageHeading>
      <p>{todo}</p>
      {place?.clause === undefined ? null : (
        <p>
          <a href={`${pathInLanguage(language, "/policy")}#${place.clause}`}>{t.underClause(place.clause)}</a>
        </p>
      )}
      <p>
        <ButtonLink href={pathInLanguage(language, "/")} kind="secondary">
          {t.back}
        </ButtonLink>
      </p>
    </Page>,
    status,
  );
}

function areaOf(path: string): Area {
  const [, , area] = path.split("/");
  return area === "cabinet" || area === "console" ? area : "public";
}

/** Somebody else's words on our page: enough to recognise the field, too little for a message to the reader. */
function shorten(name: string): string {
  const letters = [...name.replaceAll(/\p{C}/gu, "\u{FFFD}")];
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : letters.join("");
}
