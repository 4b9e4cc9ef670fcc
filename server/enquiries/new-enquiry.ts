import type { PolicyLanguage } from "../../policy/language/localized.ts";
import type { Context } from "../context.ts";
import type { AppPolicy, FormId, PurposeId } from "../config/policy.ts";
import { type LookupCategory, normaliseEmail } from "../vault/blind-index.ts";
import type { AppForm, TypedValue } from "./read-fields.ts";
import { type AgreedText, agreedText } from "./shown-text.ts";

/** An enquiry that was read and may be stored: ids, what was typed, and what was seen and agreed to. */
export interface NewEnquiry {
  readonly enquiryId: string;
  readonly actId: string;
  /** Of the journal, where it is written without the gate. */
  readonly entryId: string;
  readonly at: Temporal.Instant;
  readonly language: PolicyLanguage;
  readonly form: FormId;
  readonly purpose: AppForm["purpose"];
  readonly ground: AppPolicy["purposes"][AppForm["purpose"]];
  readonly values: readonly TypedValue[];
  readonly shown: AgreedText;
  readonly button: string;
  readonly offered: readonly PurposeId[];
  readonly given: readonly PurposeId[];
  readonly refused: readonly PurposeId[];
  /** By what the person is found: the one that identifies comes first. */
  readonly lookups: readonly [Lookup, ...Lookup[]];
  readonly email: string | undefined;
}

export interface Lookup {
  readonly category: LookupCategory;
  readonly digest: Buffer;
}

/** A form that takes neither an address nor a phone: nobody could be told anything, nor ask for it to be destroyed. */
export class NobodyToFind extends Error {
  readonly code = "nobody-to-find";
  constructor(form: string) {
    super(`The form ${form} takes neither an e-mail address nor a phone; let the policy require one of them.`);
  }
}

export function newEnquiry(
  ctx: Pick<Context, "policy" | "texts" | "index" | "newId" | "now">,
  taken: {
    readonly form: FormId;
    readonly language: PolicyLanguage;
    readonly values: readonly TypedValue[];
    /** What `acceptForm` decided. */
    readonly given: readonly string[];
    readonly refused: readonly string[];
  },
): NewEnquiry {
  const form: AppForm = ctx.policy.forms[taken.form];
  const offered: readonly PurposeId[] = form.offers;
  const purposes = [form.purpose, ...offered];
  const email = taken.values.find(({ category }) => category === "email")?.value;
  return {
    enquiryId: ctx.newId(),
    actId: ctx.newId(),
    entryId: ctx.newId(),
    at: ctx.now(),
    form: taken.form,
    language: taken.language,
    values: taken.values,
    purpose: form.purpose,
    ground: ctx.policy.purposes[form.purpose],
    shown: agreedText(ctx, taken.form, taken.language),
    button: form.button[taken.language],
    offered,
    given: purposes.filter((purpose) => taken.given.includes(purpose)),
    refused: purposes.filter((purpose) => taken.refused.includes(purpose)),
    lookups: findableBy(ctx, taken.form, taken.values),
    email,
  };
}

/** An e-mail address identifies; a phone number only where there is no address (see `findSubject`). */
function findableBy(
  { index }: Pick<Context, "index">,
  form: FormId,
  values: readonly TypedValue[],
): NewEnquiry["lookups"] {
  const digests = (["email", "phone"] as const).flatMap((category): Lookup[] => {
    const value = values.find((typed) => typed.category === category)?.value;
    if (value === undefined) return [];
    return [{ category, digest: index.digest(category, category === "email" ? normaliseEmail(value) : value) }];
  });
  const [first, ...others] = digests;
  if (!first) throw new NobodyToFind(form);
  return [first, ...others];
}
