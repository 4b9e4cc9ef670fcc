import type { RequestKind } from "../../policy/language/policy.ts";
import type { Language } from "../language/language.ts";
import { findRequestKind } from "../receipts/policy-parts.ts";

/** What the policy calls a kind of request; its own id for one that only an earlier version had. */
export function requestTitle(
  policy: { readonly requests: Readonly<Record<string, RequestKind>> },
  language: Language,
  id: string,
): string {
  return findRequestKind(policy, id)?.title[language] ?? id;
}
