import { type Language, pathInLanguage } from "../../language/language.ts";
import { cabinetTexts } from "../texts/cabinet.ts";

/** A clause by its number, as a link to its words. `anchor`: a paragraph of it, such as `16-1`. */
export function ClauseLink(props: { language: Language; clause: string; anchor?: string | undefined }) {
  const { language, clause } = props;
  const href = `${pathInLanguage(language, "/policy")}#${props.anchor ?? clause}`;
  return <a href={href}>{cabinetTexts[language].clauseOfPolicy(clause)}</a>;
}
