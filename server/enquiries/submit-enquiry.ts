import type { PolicyLanguage } from "../../policy/language/localized.ts";
import { acceptForm } from "../../policy/rules/accept-form.ts";
import type { FormId } from "../config/policy.ts";
import type { Context } from "../context.ts";
import { newEnquiry } from "./new-enquiry.ts";
import { type AppForm, type FieldFault, readFields } from "./read-fields.ts";
import { storeForKnownSubject } from "./store-for-known-subject.ts";
import { storeForNewSubject } from "./store-for-new-subject.ts";

/** A form as it was sent. `fields`: what was typed, by category; `ticked`: purposes whose box was ticked. */
export interface Submission {
  readonly form: FormId;
  readonly language: PolicyLanguage;
  readonly fields: Readonly<Record<string, string>>;
  readonly ticked: readonly string[];
  /** The declaration of age and capacity (1, 9.1). */
  readonly declared: boolean;
}

export type SubmitOutcome =
  | { readonly kind: "accepted"; readonly number: string }
  | { readonly kind: "invalid"; readonly faults: readonly FieldFault[] }
  | {
      readonly kind: "refused";
      readonly reason: "category-not-taken" | "purpose-not-offered";
      readonly name: string;
      readonly clause: string;
    }
  | { readonly kind: "being-erased" };

/** A subject can go away between two looks; twice in a row is a life of its own. */
const attempts = 3;

/**
 * Takes an enquiry in: the form takes only what it lists (5, 10.5), and everything that follows is stored in one
 * transaction: the subject (known by e-mail, or by phone where that is all there is), the sealed values, the act of
 * consent with the hash of the exact text shown, the consents, the enquiry, the journal entry and the letter.
 */
export async function submitEnquiry(ctx: Context, submission: Submission): Promise<SubmitOutcome> {
  const form: AppForm = ctx.policy.forms[submission.form];
  const decision = acceptForm(form, { categories: Object.keys(submission.fields), ticked: submission.ticked });
  if (decision.kind === "refused") return decision;
  const reading = readFields(form, submission.fields, submission.declared);
  if (reading.kind === "invalid") return reading;

  const enquiry = newEnquiry(ctx, {
    form: submission.form,
    language: submission.language,
    values: reading.values,
    given: decision.given,
    refused: decision.refused,
  });
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const first = await storeForNewSubject(ctx, enquiry);
    if (first.kind === "stored") return { kind: "accepted", number: first.number };
    const stored = await storeForKnownSubject(ctx, enquiry, first.number);
    if (stored.kind === "stored") return { kind: "accepted", number: first.number };
    if (stored.kind === "being-erased") return { kind: "being-erased" };
  }
  return { kind: "being-erased" };
}
