import type { Form } from "../language/policy.ts";

export type FormDecision =
  | { readonly kind: "accepted"; readonly given: readonly string[]; readonly refused: readonly string[] }
  | {
      readonly kind: "refused";
      readonly reason: "category-not-taken" | "purpose-not-offered";
      readonly name: string;
      readonly clause: string;
    };

/**
 * Whether a form may take these categories and these ticked purposes. A form takes what it lists (5, 10.5) and
 * records a consent only for what it offered (10.2); an offered purpose that was not ticked is refused, not unknown.
 */
export function acceptForm(
  form: Form,
  typed: { readonly categories: readonly string[]; readonly ticked: readonly string[] },
): FormDecision {
  const extra = typed.categories.find((name) => !form.fields.some((field) => field.category === name));
  if (extra !== undefined) return { kind: "refused", reason: "category-not-taken", name: extra, clause: "5" };
  const invented = typed.ticked.find((name) => !form.offers.includes(name));
  if (invented !== undefined) return { kind: "refused", reason: "purpose-not-offered", name: invented, clause: "10.2" };
  return {
    kind: "accepted",
    given: [form.purpose, ...form.offers.filter((purpose) => typed.ticked.includes(purpose))],
    refused: form.offers.filter((purpose) => !typed.ticked.includes(purpose)),
  };
}
