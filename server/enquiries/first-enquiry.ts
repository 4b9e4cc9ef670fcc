import type { Context } from "../context.ts";
import { arrayText } from "../database/columns.ts";
import { commitToReceipt } from "../journal/receipt-content.ts";
import { letterRow } from "../letters/queue-letter.ts";
import { sealLink } from "../vault/entry-link.ts";
import { newSubject, type NewSubject } from "../vault/new-subject.ts";
import { attributeIdentity } from "../vault/open-subject.ts";
import type { NewEnquiry } from "./new-enquiry.ts";
import { receivedLetter } from "./received-letter.ts";
import type { RowOf } from "./take-in.ts";

/** A form with the person whom it would bring in, as the rows that `takeIn` stores; only its number is still to come. */
export interface FirstEnquiry {
  readonly subject: NewSubject;
  readonly enquiry: NewEnquiry;
  readonly form: Omit<RowOf<"form">, "number">;
  readonly lookups: readonly RowOf<"lookup">[];
  /** Under which somebody known may still be found while the look-up key turns over; `takeIn` sees only the newest. */
  readonly earlier: readonly Buffer[];
  readonly attributes: readonly RowOf<"attribute">[];
  readonly events: readonly RowOf<"event">[];
}

/** Makes the person and seals what they typed. Nothing is stored yet. */
export function firstEnquiry(ctx: Context, enquiry: NewEnquiry): FirstEnquiry {
  const subject = newSubject(ctx);
  const [identifying] = enquiry.findableBy;
  return {
    subject,
    enquiry,
    form: formRow(ctx, subject, enquiry),
    lookups: lookupRows(ctx, subject, enquiry),
    earlier: ctx.index.earlier(identifying.category, identifying.value),
    attributes: attributeRows(ctx, subject, enquiry),
    events: eventRows(ctx, subject, enquiry),
  };
}

function formRow(ctx: Context, { subjectId, key }: NewSubject, enquiry: NewEnquiry): FirstEnquiry["form"] {
  const { detail, receipt } = commitToReceipt(enquiry.receipt, ctx.randomBytes);
  const link = sealLink(ctx.keys, subjectId, { entryId: enquiry.entryId, receipt }, ctx.randomBytes);
  return {
    subject_id: subjectId,
    kek_epoch: key.epoch,
    wrapped_key: key.wrapped,
    link: link.sealed,
    detail,
    enquiry_id: enquiry.enquiryId,
    at: enquiry.at.toString(),
    language: enquiry.language,
    form: enquiry.form,
    act_id: enquiry.actId,
    shown_hash: enquiry.shown.hash,
    button_label: enquiry.button,
    offered: arrayText(enquiry.offered),
    given: arrayText(enquiry.given),
    refused: arrayText(enquiry.refused),
    entry_id: enquiry.entryId,
    purpose: enquiry.purpose,
    basis: enquiry.ground.basis,
    clause: enquiry.ground.clause,
    categories: arrayText(enquiry.values.map(({ category }) => category)),
  };
}

function lookupRows(ctx: Context, { subjectId }: NewSubject, enquiry: NewEnquiry): RowOf<"lookup">[] {
  return enquiry.findableBy.map(({ category, value }, position) => ({
    ...ctx.index.newest(category, value),
    subject_id: subjectId,
    category,
    identifies: position === 0,
  }));
}

/** What was typed, each value sealed under the subject's key for the row that it will lie in. */
export function attributeRows(
  ctx: Context,
  { subjectId, seal }: Pick<NewSubject, "subjectId" | "seal">,
  enquiry: NewEnquiry,
): RowOf<"attribute">[] {
  return enquiry.values.map(({ category, value }) => {
    const attribute = ctx.newId();
    const sealed = seal(Buffer.from(value), attributeIdentity(subjectId, attribute, category));
    return { subject_id: subjectId, attribute_id: attribute, category, sealed };
  });
}

function eventRows(ctx: Context, { subjectId }: NewSubject, enquiry: NewEnquiry): RowOf<"event">[] {
  const row = (kind: "given" | "refused") => (purpose: string) => ({
    subject_id: subjectId,
    event_id: ctx.newId(),
    purpose,
    kind,
  });
  return [...enquiry.given.map(row("given")), ...enquiry.refused.map(row("refused"))];
}

/** The confirmation under this number; no row for a person who gave no address. */
export function letterRows(ctx: Context, { subject, enquiry, form }: FirstEnquiry, number: string): RowOf<"letter">[] {
  const letter = receivedLetter(ctx, { subject: subject.subjectId, number, enquiry });
  if (letter === undefined) return [];
  return [{ ...letterRow(ctx, letter, subject.seal), number, created_at: form.at }];
}

export function textRow({ shown, language, at }: NewEnquiry): RowOf<"text"> {
  return { shown_hash: shown.hash, language, text: shown.text, first_shown_at: at.toString() };
}
