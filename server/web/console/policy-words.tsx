import { findGround, type Grounds } from "../../../policy/language/grounds.ts";
import { operations, transfers } from "../../../policy/language/operations.ts";
import type { Category } from "../../../policy/language/policy.ts";
import { type Language, pathInLanguage } from "../language.ts";
import { consoleTexts } from "../texts/console.ts";
import { operationNames } from "../texts/operations.ts";

type Words = Grounds & { readonly categories: Readonly<Record<string, Category>> };

/** What the policy calls a kind of data; its own id for one that only an earlier version had. */
export function categoryLabel(policy: Words, language: Language, id: string): string {
  return policy.categories[id]?.label[language] ?? id;
}

/** What the policy calls a purpose or a duty. */
export function groundTitle(policy: Words, language: Language, id: string): string {
  return findGround(policy, id)?.ground.title[language] ?? id;
}

/** What clause 1 calls an operation. */
export function operationName(language: Language, id: string): string {
  const operation = [...operations, ...transfers].find((name) => name === id);
  return operation === undefined ? id : operationNames[language][operation];
}

/** A clause by its number, as a link to its words. */
export function ClauseLink({ language, clause }: { language: Language; clause: string }) {
  return <a href={`${pathInLanguage(language, "/policy")}#${clause}`}>{consoleTexts[language].clause(clause)}</a>;
}
