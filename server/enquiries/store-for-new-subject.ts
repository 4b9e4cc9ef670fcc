import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { queueDelivery } from "../letters/queue-letter.ts";
import { findIdentifying } from "../vault/find-subject.ts";
import { inLiveEpoch } from "../vault/in-live-epoch.ts";
import { inLiveVersion } from "../vault/in-live-version.ts";
import { EnquiryNumbers } from "./enquiry-numbers.ts";
import { type FirstEnquiry, firstEnquiry, letterRows, textRow } from "./first-enquiry.ts";
import { inBatches } from "../database/in-batches.ts";
import type { NewEnquiry } from "./new-enquiry.ts";
import type { AgreedText } from "./shown-text.ts";
import { takeIn } from "./take-in.ts";

/** `number`: the one drawn for the enquiry, whether or not it was stored. */
export interface StoredForNew {
  readonly kind: "stored" | "known-already";
  readonly number: string;
}

/** From eight on, a form costs PostgreSQL no less for having more company (004). */
const mostAtOnce = 8;

/** Texts that this process has stored: nothing deletes one, so none is sent twice. */
const storedTexts = new WeakSet<AgreedText>();

/** One line of waiting forms for each context; it goes when the context does. */
const lines = new WeakMap<Context, (first: FirstEnquiry) => Promise<StoredForNew>>();

/**
 * Stores the enquiry of somebody who is not known yet, or says that the address (or the phone, if that is all there
 * is) belongs to a subject already: then nothing of it is stored. Forms that come at the same moment are stored
 * together; each whole and durably, or not at all.
 */
export function storeForNewSubject(ctx: Context, enquiry: NewEnquiry): Promise<StoredForNew> {
  const line = lines.get(ctx) ?? openLine(ctx);
  return inLiveEpoch(ctx.keys, () => inLiveVersion(ctx, () => line(firstEnquiry(ctx, enquiry))));
}

function openLine(ctx: Context): (first: FirstEnquiry) => Promise<StoredForNew> {
  const numbers = new EnquiryNumbers(ctx.db);
  const line = inBatches((batch: readonly FirstEnquiry[]) => storeBatch(ctx, numbers, batch), mostAtOnce);
  lines.set(ctx, line);
  return line;
}

async function storeBatch(
  ctx: Context,
  numbers: EnquiryNumbers,
  batch: readonly FirstEnquiry[],
): Promise<readonly StoredForNew[]> {
  const drawn = await numbers.draw(batch.length);
  const numbered = batch.map((first, index) => ({ first, number: drawn[index] ?? "" }));
  const known = await findIdentifying(ctx.db, batch.flatMap(({ earlier }) => earlier));
  const unknown = numbered.filter(({ first }) => !first.earlier.some((digest) => known.has(digest.toString("base64"))));
  const letters = unknown.flatMap(({ first, number }) => letterRows(ctx, first, number));
  const firsts = unknown.map(({ first }) => first);
  const texts = newTexts(firsts);
  const store = async (db: Kysely<Database>): Promise<ReadonlySet<string>> => {
    const stored = await takeIn(db, ctx.policy.version, {
      form: unknown.map(({ first, number }) => ({ ...first.form, number })),
      lookup: firsts.flatMap(({ lookups }) => lookups),
      attribute: firsts.flatMap(({ attributes }) => attributes),
      event: firsts.flatMap(({ events }) => events),
      letter: letters,
      text: texts.map(textRow),
    });
    const places = letters.map((row) => ({ subject: row.subject_id, letter: row.letter_id }));
    await queueDelivery(ctx, db, places.filter(({ subject }) => stored.has(subject)));
    return stored;
  };
  // The statement is atomic by itself; only the jobs of a mail server need a transaction around both.
  const stored = await (ctx.mailer ? ctx.db.transaction().execute(store) : store(ctx.db));
  for (const { shown } of texts) storedTexts.add(shown);
  return numbered.map(({ first, number }) => ({
    kind: stored.has(first.subject.subjectId) ? "stored" : "known-already",
    number,
  }));
}

/** The enquiries whose text is not known to be stored, one for each text. */
function newTexts(batch: readonly FirstEnquiry[]): readonly NewEnquiry[] {
  const byText = new Map(batch.map(({ enquiry }) => [enquiry.shown, enquiry]));
  return [...byText.values()].filter(({ shown }) => !storedTexts.has(shown));
}
