import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { appendConsentEvents, readLivePurposes } from "../journal/consent-events.ts";
import { queueLetter } from "../letters/queue-letter.ts";
import { addLookups } from "../vault/add-lookups.ts";
import { findSubject } from "../vault/find-subject.ts";
import { inLiveVersion } from "../vault/in-live-version.ts";
import { attributeRows } from "./first-enquiry.ts";
import type { NewEnquiry } from "./new-enquiry.ts";
import { receivedLetter } from "./received-letter.ts";

export type StoredForKnown =
  | { readonly kind: "stored" }
  /** The person has been stopped, and what is held of them is being destroyed (17). */
  | { readonly kind: "being-erased" }
  /** Nobody has this address any more: the erasure has just ended. */
  | { readonly kind: "gone" };

/** The gate refused what its own consent allows: the database does not have the policy that this process has. */
export class EnquiryNotSealed extends Error {
  readonly code = "enquiry-not-sealed";
  constructor(reason: string) {
    super(`The gate refused to take an enquiry in (${reason}); start the server again, so that its policy is published.`);
  }
}

/** Adds an enquiry to a subject that is there already, under the number drawn for it, in one transaction. */
export function storeForKnownSubject(ctx: Context, enquiry: NewEnquiry, number: string): Promise<StoredForKnown> {
  return inLiveVersion(ctx, () => store(ctx, enquiry, number));
}

function store(ctx: Context, enquiry: NewEnquiry, number: string): Promise<StoredForKnown> {
  return ctx.db.transaction().execute(async (tx) => {
    const [{ category, value }] = enquiry.findableBy;
    const subject = await findSubject({ db: tx, index: ctx.index }, category, value);
    if (subject === undefined) return { kind: "gone" };
    // Held to the end, so that a stop comes wholly before or wholly after, and two forms of one person in turn.
    const held = await tx
      .selectFrom("vault.subject")
      .select("state")
      .where("subject_id", "=", subject)
      .forUpdate()
      .executeTakeFirst();
    if (held?.state === "stopped") return { kind: "being-erased" };
    if (held?.state !== "active") return { kind: "gone" };

    await recordConsent(ctx, tx, subject, enquiry);
    // The gate journals the collection with the categories taken; `record` is new, so that nothing is read.
    const sealed = await ctx.gate.useWithin(
      tx,
      {
        subject,
        purpose: enquiry.purpose,
        operation: "collection",
        categories: enquiry.values.map(({ category }) => category),
        actor: { kind: "subject" },
        record: enquiry.enquiryId,
        receipt: enquiry.receipt,
      },
      async ({ seal }) => {
        await insertValues(ctx, tx, subject, enquiry, seal);
        await insertEnquiry(tx, subject, enquiry, number);
        const letter = receivedLetter(ctx, { subject, number, enquiry });
        if (letter) await queueLetter(ctx, tx, letter, seal);
      },
    );
    if (sealed.kind === "refused") throw new EnquiryNotSealed(sealed.reason);
    return { kind: "stored" };
  });
}

async function recordConsent(ctx: Context, tx: Kysely<Database>, subject: string, enquiry: NewEnquiry): Promise<void> {
  const live = await readLivePurposes(tx, subject);
  await tx
    .insertInto("consent.shown_text")
    .values({
      shown_hash: enquiry.shown.hash,
      language: enquiry.language,
      text: enquiry.shown.text,
      first_shown_at: enquiry.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .insertInto("consent.act")
    .values({
      subject_id: subject,
      act_id: enquiry.actId,
      at: enquiry.at,
      policy_version: ctx.policy.version,
      shown_hash: enquiry.shown.hash,
      language: enquiry.language,
      form: enquiry.form,
      button_label: enquiry.button,
      offered: [...enquiry.offered],
      given: [...enquiry.given],
      refused: [...enquiry.refused],
    })
    .execute();
  const act = enquiry.actId;
  await appendConsentEvents(tx, ctx, { subject, act, kind: "given", purposes: enquiry.given });
  // A box left unticked withdraws nothing: what was given earlier lives until its owner withdraws it (6, 7). The act
  // above keeps what was done with the boxes of this form either way.
  const refused = enquiry.refused.filter((purpose) => !live.includes(purpose));
  await appendConsentEvents(tx, ctx, { subject, act, kind: "refused", purposes: refused });
}

async function insertValues(
  ctx: Context,
  tx: Kysely<Database>,
  subject: string,
  enquiry: NewEnquiry,
  seal: (plain: Buffer, identity: string) => Buffer,
): Promise<void> {
  const rows = attributeRows(ctx, { subjectId: subject, seal }, enquiry).map((row) => ({
    ...row,
    record_id: enquiry.enquiryId,
    recorded_at: enquiry.at,
  }));
  await tx.insertInto("vault.attribute").values(rows).execute();
  await addLookups({ db: tx, index: ctx.index }, subject, enquiry.findableBy);
}

async function insertEnquiry(tx: Kysely<Database>, subject: string, enquiry: NewEnquiry, number: string): Promise<void> {
  await tx
    .insertInto("enquiries.enquiry")
    .values({
      subject_id: subject,
      enquiry_id: enquiry.enquiryId,
      number,
      form: enquiry.form,
      purpose: enquiry.purpose,
      language: enquiry.language,
      submitted_at: enquiry.at,
      declared_adult_and_capable: true,
      consent_act_id: enquiry.actId,
    })
    .execute();
}
