import type { AppPolicy, PurposeId } from "../../config/policy.ts";
import { purposesFor } from "../../enquiries/reveal-field.ts";
import { inPolicyOrder } from "./policy-words.tsx";

/** Fields that the same purposes list, so that one question serves them all. */
export interface RevealGroup {
  /** The name of the question in the form. */
  readonly name: string;
  readonly purposes: readonly PurposeId[];
  readonly categories: readonly string[];
}

/** The fields of an enquiry by the purposes they may be opened for; `purpose` is the one it came for. */
export function revealGroups(
  policy: AppPolicy,
  { categories, purpose }: { readonly categories: readonly string[]; readonly purpose: string },
): readonly RevealGroup[] {
  const byPurposes = Map.groupBy(inPolicyOrder(policy, categories), (category) =>
    purposesFor(policy, category, purpose).join(" "),
  );
  return [...byPurposes.values()].map((group, index) => ({
    name: index === 0 ? "purpose" : `purpose-${index + 1}`,
    purposes: purposesFor(policy, group[0] ?? "", purpose),
    categories: group,
  }));
}
