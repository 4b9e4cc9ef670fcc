import { type Kysely, sql } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { type NewSubject, newSubject } from "../vault/new-subject.ts";
import { attributeIdentity } from "../vault/open-subject.ts";
import type { NewEnquiry } from "./new-enquiry.ts";
import { tellReceived } from "./tell-received.ts";

/**
 * Stores the enquiry of somebody who is not known yet. Gives its number, or undefined where the address (or the
 * phone, if that is all there is) belongs to a subject already: then nothing is stored. Of any number of first
 * enquiries that arrive together with one address, the unique index lets one claim it; the others wait for it here.
 */
export async function storeForNewSubject(ctx: Context, enquiry: NewEnquiry): Promise<string | undefined> {
  const subject = newSubject(ctx);
  const { email } = enquiry;
  // One statement is a transaction by itself; a letter has a job beside it, and both need one around them.
  if (email === undefined) return insertAll(ctx.db, ctx, subject, enquiry);
  return ctx.db.transaction().execute(async (tx) => {
    const number = await insertAll(tx, ctx, subject, enquiry);
    if (number !== undefined) {
      await tellReceived(ctx, tx, { ...enquiry, email, number, subject: subject.subjectId }, subject.seal);
    }
    return number;
  });
}

/** All rows of a first enquiry in one round trip, or none of them. */
async function insertAll(
  db: Kysely<Database>,
  ctx: Context,
  { subjectId, key, seal }: NewSubject,
  enquiry: NewEnquiry,
): Promise<string | undefined> {
  const { at, actId, enquiryId, ground, shown, language } = enquiry;
  const [identifying, ...others] = enquiry.lookups;
  const version = ctx.policy.version;
  const categories = enquiry.values.map(({ category }) => category);
  const attributeIds = categories.map(() => ctx.newId());
  const sealed = enquiry.values.map(({ category, value }, index) =>
    seal(Buffer.from(value), attributeIdentity(subjectId, attributeIds[index] ?? "", category)),
  );
  const events = [
    ...enquiry.given.map((purpose) => ({ id: ctx.newId(), purpose, kind: "given" })),
    ...enquiry.refused.map((purpose) => ({ id: ctx.newId(), purpose, kind: "refused" })),
  ];
  const entryId = ctx.newId();
  const { rows } = await sql<{ number: string }>`
    with claimed as (
      insert into vault.lookup (digest, subject_id, category, identifies)
      values (${identifying.digest}, ${subjectId}, ${identifying.category}, true)
      on conflict (digest) where identifies do nothing
      returning subject_id
    ), also_found as (
      insert into vault.lookup (digest, subject_id, category, identifies)
      select other.digest, subject_id, other.category, false
      from claimed, unnest(${others.map(({ digest }) => digest)}::bytea[], ${others.map(({ category }) => category)}::text[])
        as other (digest, category)
    ), subject as (
      insert into vault.subject (subject_id, state, created_at, changed_at)
      select subject_id, 'active', ${at}, ${at} from claimed
    ), subject_key as (
      insert into vault.subject_key (subject_id, kek_epoch, wrapped_key, created_at)
      select subject_id, ${key.epoch}, ${key.wrapped}, ${at} from claimed
    ), attribute as (
      insert into vault.attribute (subject_id, attribute_id, record_id, category, sealed, recorded_at)
      select subject_id, typed.id, ${enquiryId}, typed.category, typed.sealed, ${at}
      from claimed, unnest(${attributeIds}::uuid[], ${categories}::text[], ${sealed}::bytea[])
        as typed (id, category, sealed)
    ), shown as (
      insert into consent.shown_text (shown_hash, language, text, first_shown_at)
      select ${shown.hash}, ${language}, ${shown.text}, ${at} from claimed
      on conflict do nothing
    ), act as (
      insert into consent.act
        (subject_id, act_id, at, policy_version, shown_hash, language, form, button_label, offered, given, refused)
      select subject_id, ${actId}, ${at}, ${version}, ${shown.hash}, ${language}, ${enquiry.form}, ${enquiry.button},
        ${[...enquiry.offered]}, ${[...enquiry.given]}, ${[...enquiry.refused]} from claimed
    ), event as (
      insert into consent.event (subject_id, event_id, at, purpose, kind, act_id)
      select subject_id, happened.id, ${at}, happened.purpose, happened.kind, ${actId}
      from claimed, unnest(${events.map(({ id }) => id)}::uuid[], ${events.map(({ purpose }) => purpose)}::text[],
        ${events.map(({ kind }) => kind)}::text[]) as happened (id, purpose, kind)
    ), entry as (
      insert into journal.entry
        (entry_id, at, operation, purpose, basis, clause, categories, actor, outcome, policy_version)
      select ${entryId}, ${at}, 'collection', ${enquiry.purpose}, ${ground.basis}, ${ground.clause}, ${categories},
        'subject', 'done', ${version} from claimed
    ), about as (
      insert into journal.about (subject_id, entry_id) select subject_id, ${entryId} from claimed
    )
    insert into enquiries.enquiry
      (subject_id, enquiry_id, form, purpose, language, submitted_at, declared_adult_and_capable, consent_act_id)
    select subject_id, ${enquiryId}, ${enquiry.form}, ${enquiry.purpose}, ${language}, ${at}, true, ${actId} from claimed
    returning number`.execute(db);
  return rows[0]?.number;
}
