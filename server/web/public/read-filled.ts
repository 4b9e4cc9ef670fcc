import { declaredField, type Filled } from "./enquiry-form.tsx";

const offerPrefix = "purpose-";
const ticked = "yes";

/**
 * Sorts what a form sent into what was typed, what was ticked, and the declaration. Whether the form has such fields
 * at all is for the policy to say (`acceptForm`). A box sends «yes» or nothing: anything else was made by hand.
 */
export function readFilled(
  sent: ReadonlyMap<string, string>,
): (Filled & { readonly kind: "read" }) | { readonly kind: "unknown-value"; readonly field: string } {
  const typed: [string, string][] = [];
  const offers: string[] = [];
  for (const [name, value] of sent) {
    const isBox = name === declaredField || name.startsWith(offerPrefix);
    if (isBox && value !== ticked) return { kind: "unknown-value", field: name };
    if (name.startsWith(offerPrefix)) offers.push(name.slice(offerPrefix.length));
    else if (name !== declaredField) typed.push([name, value]);
  }
  return { kind: "read", fields: Object.fromEntries(typed), ticked: offers, declared: sent.has(declaredField) };
}
