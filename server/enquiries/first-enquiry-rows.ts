import type { Insertable } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import type { NewSubject } from "../vault/new-subject.ts";
import { attributeIdentity } from "../vault/open-subject.ts";
import type { NewEnquiry } from "./new-enquiry.ts";

/** A form with the person whom it would bring in. */
export interface FirstEnquiry {
  readonly subject: NewSubject;
  readonly enquiry: NewEnquiry;
}

/** Bytes as PostgreSQL reads them out of JSON. */
type Bytes = `\\x${string}`;

type JsonRow<Table extends keyof Database> = {
  readonly [Column in keyof Insertable<Database[Table]>]: Insertable<Database[Table]>[Column] extends Buffer
    ? Bytes
    : Insertable<Database[Table]>[Column];
};

function bytes(buffer: Buffer): Bytes {
  return `\\x${buffer.toString("hex")}`;
}

export function lookupRows({ subject, enquiry }: FirstEnquiry): JsonRow<"vault.lookup">[] {
  return enquiry.lookups.map(({ category, digest }, position) => ({
    digest: bytes(digest),
    subject_id: subject.subjectId,
    category,
    identifies: position === 0,
  }));
}

export function subjectRow({ subject, enquiry: { at } }: FirstEnquiry): JsonRow<"vault.subject"> {
  return { subject_id: subject.subjectId, state: "active", created_at: at, changed_at: at };
}

export function keyRow({ subject: { subjectId, key }, enquiry: { at } }: FirstEnquiry): JsonRow<"vault.subject_key"> {
  return { subject_id: subjectId, kek_epoch: key.epoch, wrapped_key: bytes(key.wrapped), created_at: at };
}

export function attributeRows(ctx: Context, { subject, enquiry }: FirstEnquiry): JsonRow<"vault.attribute">[] {
  return enquiry.values.map(({ category, value }) => {
    const attribute = ctx.newId();
    const identity = attributeIdentity(subject.subjectId, attribute, category);
    return {
      subject_id: subject.subjectId,
      attribute_id: attribute,
      record_id: enquiry.enquiryId,
      category,
      sealed: bytes(subject.seal(Buffer.from(value), identity)),
      recorded_at: enquiry.at,
    };
  });
}

/** Each text once, however many agreed to it. */
export function shownTextRows(batch: readonly FirstEnquiry[]): JsonRow<"consent.shown_text">[] {
  const byHash = new Map<Bytes, JsonRow<"consent.shown_text">>();
  for (const { enquiry: { shown, language, at } } of batch) {
    const shown_hash = bytes(shown.hash);
    byHash.set(shown_hash, { shown_hash, language, text: shown.text, first_shown_at: at });
  }
  return [...byHash.values()];
}

export function actRow(ctx: Context, { subject, enquiry }: FirstEnquiry): JsonRow<"consent.act"> {
  return {
    subject_id: subject.subjectId,
    act_id: enquiry.actId,
    at: enquiry.at,
    policy_version: ctx.policy.version,
    shown_hash: bytes(enquiry.shown.hash),
    language: enquiry.language,
    form: enquiry.form,
    button_label: enquiry.button,
    offered: [...enquiry.offered],
    given: [...enquiry.given],
    refused: [...enquiry.refused],
  };
}

export function eventRows(ctx: Context, { subject, enquiry }: FirstEnquiry): JsonRow<"consent.event">[] {
  const row = (kind: "given" | "refused") => (purpose: string) => ({
    subject_id: subject.subjectId,
    event_id: ctx.newId(),
    at: enquiry.at,
    purpose,
    kind,
    act_id: enquiry.actId,
  });
  return [...enquiry.given.map(row("given")), ...enquiry.refused.map(row("refused"))];
}

export function entryRow(ctx: Context, { enquiry }: FirstEnquiry): JsonRow<"journal.entry"> {
  return {
    entry_id: enquiry.entryId,
    at: enquiry.at,
    operation: "collection",
    purpose: enquiry.purpose,
    basis: enquiry.ground.basis,
    clause: enquiry.ground.clause,
    categories: enquiry.values.map(({ category }) => category),
    actor: "subject",
    staff_id: null,
    outcome: "done",
    reason: null,
    policy_version: ctx.policy.version,
  };
}

export function aboutRow({ subject, enquiry }: FirstEnquiry): JsonRow<"journal.about"> {
  return { subject_id: subject.subjectId, entry_id: enquiry.entryId };
}

export function enquiryRow({ subject, enquiry }: FirstEnquiry): JsonRow<"enquiries.enquiry"> {
  return {
    subject_id: subject.subjectId,
    enquiry_id: enquiry.enquiryId,
    form: enquiry.form,
    purpose: enquiry.purpose,
    language: enquiry.language,
    submitted_at: enquiry.at,
    declared_adult_and_capable: true,
    consent_act_id: enquiry.actId,
    fulfilled_at: null,
    fulfilled_by: null,
  };
}
