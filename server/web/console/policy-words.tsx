import { findGround, type Grounds } from "../../../policy/language/grounds.ts";
import { operations, transfers } from "../../../policy/language/operations.ts";
import type { Category } from "../../../policy/language/policy.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { operationNames } from "../texts/operations.ts";

type Words = Grounds & { readonly categories: Readonly<Record<string, Category>> };

/** What the policy calls a kind of data; its own id for one that only an earlier version had. */
export function categoryLabel(policy: Words, language: Language, id: string): string {
  return policy.categories[id]?.label[language] ?? id;
}

/** The same for several, as one enumeration: «Фамилия, имя, номер контактного телефона». */
export function categoryLabels(policy: Words, language: Language, ids: readonly string[]): string {
  const [first = "", ...others] = ids.map((id) => categoryLabel(policy, language, id));
  return [first, ...others.map((label) => label.charAt(0).toLowerCase() + label.slice(1))].join(", ");
}

/** Kinds of data in the order in which the policy has them. */
export function inPolicyOrder(policy: Words, categories: readonly string[]): readonly string[] {
  const order = Object.keys(policy.categories);
  return categories.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** What the policy calls a purpose, with its number, or a duty, whose number is our own. */
export function groundTitle(policy: Words, language: Language, id: string): string {
  const found = findGround(policy, id);
  if (!found) return id;
  const title = found.ground.title[language];
  return found.kind === "purpose" ? `${id}. ${title}` : title;
}

/** What clause 1 calls an operation. */
export function operationName(language: Language, id: string): string {
  const operation = [...operations, ...transfers].find((name) => name === id);
  return operation === undefined ? id : operationNames[language][operation];
}

/** A clause by its number, as a link to its words. */
export function ClauseLink({ language, clause }: { language: Language; clause: string }) {
  return (
    <a class="clause-link" href={`${pathInLanguage(language, "/policy")}#${clause}`}>
      {consoleTexts[language].clause(clause)}
    </a>
  );
}
