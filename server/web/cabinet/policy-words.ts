import { findGround, type Grounds } from "../../../policy/language/grounds.ts";
import type { Category } from "../../../policy/language/policy.ts";
import type { Language } from "../../language/language.ts";

/** What the policy calls a purpose or a duty; its own id for one that only an earlier version had. */
export function groundTitle(policy: Grounds, language: Language, id: string): string {
  return findGround(policy, id)?.ground.title[language] ?? id;
}

/** What the policy calls a kind of data. */
export function categoryLabel(
  policy: { readonly categories: Readonly<Record<string, Category>> },
  language: Language,
  id: string,
): string {
  return policy.categories[id]?.label[language] ?? id;
}
