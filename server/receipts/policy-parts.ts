import { findGround } from "../../policy/language/grounds.ts";
import type { Form, Purpose, RequestKind } from "../../policy/language/policy.ts";
import type { AppPolicy } from "../config/policy.ts";
import { termOf } from "./term-of.ts";

/** The purpose, unless only an earlier policy had it. */
export function findPurpose(policy: AppPolicy, id: string): Purpose | undefined {
  const found = findGround(policy, id);
  return found?.kind === "purpose" ? found.ground : undefined;
}

/** The kind of request, unless only an earlier policy had it. */
export function findRequestKind(
  { requests }: { readonly requests: Readonly<Record<string, RequestKind>> },
  id: string,
): RequestKind | undefined {
  return termOf<RequestKind>(requests, id);
}

/** The form, unless only an earlier policy had it. */
export function findForm(policy: AppPolicy, id: string): Form | undefined {
  return termOf<Form>(policy.forms, id);
}

/** Whether the purpose lets data go to third parties (11.3). */
export function isShared({ operations }: Purpose): boolean {
  return operations.some((operation) => operation === "provision" || operation === "dissemination");
}
