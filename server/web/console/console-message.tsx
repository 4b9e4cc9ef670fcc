import type { Context } from "../../context.ts";
import { ButtonLink, ButtonRow } from "../components/button.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { ConsolePage } from "./console-page.tsx";
import type { Visit } from "./visit.ts";

/** The page shown instead of one that is not there, or not for this member of staff. */
export function ConsoleMessage(props: { ctx: Context; visit: Visit; message: "noSuchPage" | "administratorsOnly" }) {
  const { ctx, visit } = props;
  const t = consoleTexts[visit.language];
  const { heading, body } = t[props.message];
  return (
    <ConsolePage ctx={ctx} visit={visit} title={heading} path="/console">
      <PageHeading heading={heading}>
        <p>{body}</p>
      </PageHeading>
      <ButtonRow>
        <ButtonLink href={pathInLanguage(visit.language, "/console")} kind="secondary">
          {t.sections.overview}
        </ButtonLink>
      </ButtonRow>
    </ConsolePage>
  );
}
