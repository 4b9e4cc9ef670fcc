import { type Kysely, sql } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { queueLetters } from "../letters/queue-letter.ts";
import { newSubject } from "../vault/new-subject.ts";
import * as rows from "./first-enquiry-rows.ts";
import { inBatches } from "./in-batches.ts";
import type { NewEnquiry } from "./new-enquiry.ts";
import { receivedLetter } from "./received-letter.ts";

export type StoredForNew = { readonly kind: "stored"; readonly number: string } | { readonly kind: "known-already" };

/** Keeps a transaction short and its arguments small, whatever comes in at once. */
const mostAtOnce = 32;

/** One line of waiting forms for each context; it goes when the context does. */
const lines = new WeakMap<Context, (first: rows.FirstEnquiry) => Promise<StoredForNew>>();

/**
 * Stores the enquiry of somebody who is not known yet, or says that the address (or the phone, if that is all there
 * is) belongs to a subject already: then nothing of it is stored. Forms that come at the same moment share a
 * transaction; each is stored whole and durably, or not at all.
 */
export function storeForNewSubject(ctx: Context, enquiry: NewEnquiry): Promise<StoredForNew> {
  let line = lines.get(ctx);
  if (!line) {
    line = inBatches((batch) => storeBatch(ctx, batch), mostAtOnce);
    lines.set(ctx, line);
  }
  return line({ subject: newSubject(ctx), enquiry });
}

async function storeBatch(ctx: Context, batch: readonly rows.FirstEnquiry[]): Promise<readonly StoredForNew[]> {
  return ctx.db.transaction().execute(async (tx) => {
    const numbers = await takeIn(tx, ctx, batch);
    const letters = batch.flatMap(({ subject: { subjectId, seal }, enquiry }) => {
      const number = numbers.get(subjectId);
      const letter = number === undefined ? undefined : receivedLetter(ctx, { subject: subjectId, number, enquiry });
      return letter === undefined ? [] : [{ letter, seal }];
    });
    await queueLetters(ctx, tx, letters);
    return batch.map(({ subject }): StoredForNew => {
      const number = numbers.get(subject.subjectId);
      return number === undefined ? { kind: "known-already" } : { kind: "stored", number };
    });
  });
}

/** Stores all rows but the letters'; gives the number of each enquiry that was stored, by its new subject. */
async function takeIn(
  tx: Kysely<Database>,
  ctx: Context,
  batch: readonly rows.FirstEnquiry[],
): Promise<ReadonlyMap<string, string>> {
  const json = JSON.stringify;
  const taken = await sql<{ subject_id: string; number: string }>`select * from enquiries.take_in(
    ${json(batch.flatMap(rows.lookupRows))},
    ${json(batch.map(rows.subjectRow))},
    ${json(batch.map(rows.keyRow))},
    ${json(batch.flatMap((first) => rows.attributeRows(ctx, first)))},
    ${json(rows.shownTextRows(batch))},
    ${json(batch.map((first) => rows.actRow(ctx, first)))},
    ${json(batch.flatMap((first) => rows.eventRows(ctx, first)))},
    ${json(batch.map((first) => rows.entryRow(ctx, first)))},
    ${json(batch.map(rows.aboutRow))},
    ${json(batch.map(rows.enquiryRow))})`.execute(tx);
  return new Map(taken.rows.map((row) => [row.subject_id, row.number]));
}
