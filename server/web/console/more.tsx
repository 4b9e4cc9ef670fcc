import { ButtonLink, ButtonRow } from "../components/button.tsx";
import type { Language } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";

/**
 * The way through a long list, under it. `path`: the list's own, in the reader's language; `parameters`: what it is
 * narrowed by; `before`: the last one shown, where earlier ones follow; `isFirst`: the newest are on the page.
 */
export function More(props: {
  language: Language;
  path: string;
  parameters: Readonly<Record<string, string>>;
  before: string | undefined;
  isFirst: boolean;
}) {
  const t = consoleTexts[props.language];
  const address = (extra: Readonly<Record<string, string>>) =>
    `${props.path}?${new URLSearchParams({ ...props.parameters, ...extra })}`;
  if (props.before === undefined && props.isFirst) return null;
  return (
    <ButtonRow>
      {props.before === undefined ? null : (
        <ButtonLink href={address({ before: props.before })} kind="secondary">
          {t.older}
        </ButtonLink>
      )}
      {props.isFirst ? null : (
        <ButtonLink href={address({})} kind="quiet">
          {t.newest}
        </ButtonLink>
      )}
    </ButtonRow>
  );
}
