import type { PolicyLanguage } from "../../policy/language/localized.ts";
import type { Context } from "../context.ts";
import type { AppPolicy, FormId, PurposeId } from "../config/policy.ts";
import { consentReceipt, type ReceiptContent } from "../journal/receipt-content.ts";
import type { Findable } from "../vault/add-lookups.ts";
import { normaliseEmail } from "../vault/blind-index.ts";
import type { AppForm, TypedValue } from "./read-fields.ts";
import { type AgreedText, agreedText } from "./shown-text.ts";

/** What the person saw and did when they were asked for consent. */
interface Act {
  readonly actId: string;
  readonly at: Temporal.Instant;
  readonly language: PolicyLanguage;
  readonly form: FormId;
  readonly shown: AgreedText;
  readonly button: string;
  readonly offered: readonly PurposeId[];
  readonly given: readonly PurposeId[];
  readonly refused: readonly PurposeId[];
}

/** An enquiry that was read and may be stored: ids, what was typed, and what was seen and agreed to. */
export interface NewEnquiry extends Act {
  readonly enquiryId: string;
  /** Of the journal, where it is written without the gate. */
  readonly entryId: string;
  readonly purpose: AppForm["purpose"];
  readonly ground: AppPolicy["purposes"][AppForm["purpose"]];
  readonly values: readonly TypedValue[];
  readonly receipt: ReceiptContent;
  /** By what the person is found: the one that identifies comes first. */
  readonly findableBy: readonly [Findable, ...Findable[]];
  readonly email: string | undefined;
}

/** A form that takes neither an address nor a phone: nobody could be told anything, nor ask for it to be destroyed. */
export class NobodyToFind extends Error {
  readonly code = "nobody-to-find";
  constructor(form: string) {
    super(`The form ${form} takes neither an e-mail address nor a phone; let the policy require one of them.`);
  }
}

export function newEnquiry(
  ctx: Pick<Context, "policy" | "texts" | "newId" | "now">,
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
  const act: Act = {
    actId: ctx.newId(),
    at: ctx.now(),
    form: taken.form,
    language: taken.language,
    shown: agreedText(ctx, taken.form, taken.language),
    button: form.button[taken.language],
    offered,
    given: purposes.filter((purpose) => taken.given.includes(purpose)),
    refused: purposes.filter((purpose) => taken.refused.includes(purpose)),
  };
  return {
    ...act,
    enquiryId: ctx.newId(),
    entryId: ctx.newId(),
    values: taken.values,
    purpose: form.purpose,
    ground: ctx.policy.purposes[form.purpose],
    receipt: receiptOf(act, ctx.policy.version),
    findableBy: findableBy(taken.form, taken.values),
    email,
  };
}

function receiptOf(act: Act, policyVersion: string): ReceiptContent {
  return consentReceipt({
    act_id: act.actId,
    at: act.at,
    language: act.language,
    policy_version: policyVersion,
    form: act.form,
    button_label: act.button,
    shown_hash: act.shown.hash,
    offered: act.offered,
    given: act.given,
    refused: act.refused,
  });
}

/** An e-mail address identifies; a phone number only where there is no address (see `findSubject`). */
function findableBy(form: FormId, values: readonly TypedValue[]): NewEnquiry["findableBy"] {
  const [first, ...others] = (["email", "phone"] as const).flatMap((category): Findable[] => {
    const value = values.find((typed) => typed.category === category)?.value;
    if (value === undefined) return [];
    return [{ category, value: category === "email" ? normaliseEmail(value) : value }];
  });
  if (!first) throw new NobodyToFind(form);
  return [first, ...others];
}
