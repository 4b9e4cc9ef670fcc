import type { CategoryUnder } from "../../policy/language/grounds.ts";
import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import type { AppPolicy, PurposeId } from "../config/policy.ts";
import type { Context } from "../context.ts";
import { findEnquiry } from "./find-enquiry.ts";

export type Revealed =
  | { readonly kind: "revealed"; readonly value: string; readonly purpose: PurposeId }
  | { readonly kind: "refused"; readonly reason: UseRefusal; readonly clause: string }
  /** No purpose was chosen, or none of the policy's. */
  | { readonly kind: "no-purpose" }
  /** The enquiry does not have such a field, or there is no such enquiry. */
  | { readonly kind: "nothing-there" };

/**
 * Opens one field of one enquiry for a purpose that the member of staff names. Both names come from a form: those
 * the policy does not have at all go no further, and whether this purpose covers this field is the gate's to say,
 * which journals the answer either way.
 */
export async function revealField(
  ctx: Context,
  asked: {
    readonly number: string;
    readonly category: string;
    readonly purpose: string;
    readonly staffId: string;
  },
): Promise<Revealed> {
  const { category, purpose } = asked;
  if (!isPurpose(ctx.policy, purpose)) return { kind: "no-purpose" };
  const enquiry = await findEnquiry(ctx, asked.number);
  if (!enquiry?.categories.includes(category)) return { kind: "nothing-there" };
  if (!isUsable(ctx.policy, category)) return { kind: "nothing-there" };
  const used = await ctx.gate.use(
    {
      subject: enquiry.subject,
      purpose,
      operation: "extraction",
      categories: [category],
      actor: { kind: "staff", staffId: asked.staffId },
      record: enquiry.enquiryId,
    },
    (opened) => opened.latest[category],
  );
  if (used.kind === "refused") return used;
  return used.value === undefined ? { kind: "nothing-there" } : { kind: "revealed", value: used.value, purpose };
}

/** The purposes that list a category, as the policy orders them, the one the enquiry came for first. */
export function purposesFor(policy: AppPolicy, category: string, first: string): readonly PurposeId[] {
  const lists = (id: PurposeId) => policy.purposes[id].categories.some((name) => name === category);
  const listing = purposeIds(policy).filter(lists);
  return listing.toSorted((a, b) => Number(b === first) - Number(a === first));
}

/** The policy's purposes by name, in its order: an object's own keys, which its type knows. */
function purposeIds(policy: AppPolicy): readonly PurposeId[] {
  return Object.keys(policy.purposes).filter((name) => isPurpose(policy, name));
}

function isPurpose(policy: AppPolicy, name: string): name is PurposeId {
  return Object.hasOwn(policy.purposes, name);
}

/** A category that at least one purpose lists; others are open to duties only. */
function isUsable(policy: AppPolicy, name: string): name is CategoryUnder<AppPolicy, PurposeId> {
  return Object.values(policy.purposes).some(({ categories }) => categories.some((category) => category === name));
}
