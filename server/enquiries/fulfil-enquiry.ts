import type { Kysely } from "kysely";
import type { Operation } from "../../policy/language/operations.ts";
import type { Purpose } from "../../policy/language/policy.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { type Actor, appendEntry } from "../journal/append-entry.ts";
import { appendConsentEvents, readLivePurposes } from "../journal/consent-events.ts";
import { enquiryState } from "../journal/enquiry-state.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { type FoundEnquiry, readEnquiry } from "./find-enquiry.ts";

/** What carrying out an enquiry brings about (17.4). */
export type Consequence =
  /** The same person has another open enquiry for this purpose: it lives on for that one. */
  | { readonly kind: "purpose-continues" }
  /** The purpose is achieved; these others still live. */
  | { readonly kind: "purpose-ends"; readonly living: readonly string[] }
  /** The purpose is achieved and none other lives, but the person waits for an answer: the data go after that. */
  | { readonly kind: "request-open" }
  /** Nothing lives after it: processing stops and the data are destroyed. */
  | { readonly kind: "all-ends" };

export type Fulfilled =
  | { readonly kind: "fulfilled"; readonly consequence: Consequence }
  | { readonly kind: "already-fulfilled" | "stopped" | "unknown" };

/** Data taken for a purpose that the policy has lost since: nobody can say what they may be used for. */
export class PurposeGone extends Error {
  readonly code = "purpose-gone";
  constructor(purpose: string) {
    super(`Enquiries came for the purpose ${purpose}, which the policy does not have any more; put it back.`);
  }
}

/** What would happen, for whoever is about to decide; changes nothing. */
export async function foreseeFulfilment(ctx: Context, enquiry: FoundEnquiry): Promise<Consequence> {
  return readConsequence(ctx.db, enquiry);
}

/**
 * Marks an enquiry as carried out, and ends its purpose where that achieves it (17.4); if no purpose lives
 * after that, processing stops and the data go. One transaction, ordered by the subject's row against every use
 * under way.
 */
export async function fulfilEnquiry(
  ctx: Context,
  asked: { readonly number: string; readonly staffId: string },
): Promise<Fulfilled> {
  const actor: Actor = { kind: "staff", staffId: asked.staffId };
  return ctx.db.transaction().execute(async (tx) => {
    const enquiry = await lockEnquiry(tx, asked.number);
    if (!enquiry) return { kind: "unknown" };
    if (enquiry.state === "fulfilled") return { kind: "already-fulfilled" };
    if (enquiry.state === "stopped") return { kind: "stopped" };
    const consequence = await readConsequence(tx, enquiry);
    await markFulfilled(ctx, tx, enquiry, asked.staffId);
    // Of the operations of clause 1, a remark that the work is done is a recording; it touches no kind of data.
    await journal(ctx, tx, enquiry, { operation: "recording", clause: enquiry.purpose, categories: [], actor });
    if (consequence.kind !== "purpose-continues") await endPurpose(ctx, tx, enquiry, actor);
    if (consequence.kind === "all-ends") {
      await acceptStop(ctx, tx, { subject: enquiry.subject, event: "17.4", request: null, actor });
    }
    return { kind: "fulfilled", consequence };
  });
}

/** Two enquiries of one person carried out at the same moment must not each count on the other being open. */
async function lockEnquiry(tx: Kysely<Database>, number: string): Promise<FoundEnquiry | undefined> {
  const seen = await readEnquiry(tx, number);
  if (!seen) return undefined;
  await tx
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", seen.subject)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return readEnquiry(tx, number);
}

async function readConsequence(db: Kysely<Database>, enquiry: FoundEnquiry): Promise<Consequence> {
  const another = await db
    .selectFrom("enquiries.enquiry as enquiry")
    .innerJoin("vault.subject as subject", "subject.subject_id", "enquiry.subject_id")
    .select("enquiry.enquiry_id")
    .where("enquiry.subject_id", "=", enquiry.subject)
    .where("enquiry.purpose", "=", enquiry.purpose)
    .where("enquiry.enquiry_id", "!=", enquiry.enquiryId)
    .where(enquiryState, "=", "open")
    .limit(1)
    .executeTakeFirst();
  if (another) return { kind: "purpose-continues" };
  const living = (await readLivePurposes(db, enquiry.subject)).filter((purpose) => purpose !== enquiry.purpose);
  if (living.length > 0) return { kind: "purpose-ends", living };
  return (await hasOpenRequest(db, enquiry.subject)) ? { kind: "request-open" } : { kind: "all-ends" };
}

/** A request that nobody has answered must not vanish with the data it is about; answering it ends them (17.4). */
async function hasOpenRequest(db: Kysely<Database>, subject: string): Promise<boolean> {
  const open = await db
    .selectFrom("requests.request")
    .select("request_id")
    .where("subject_id", "=", subject)
    .where("state", "<>", "closed")
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

async function markFulfilled(
  ctx: Context,
  tx: Kysely<Database>,
  enquiry: FoundEnquiry,
  staffId: string,
): Promise<void> {
  await tx
    .updateTable("enquiries.enquiry")
    .set({ fulfilled_at: ctx.now(), fulfilled_by: staffId })
    .where("subject_id", "=", enquiry.subject)
    .where("enquiry_id", "=", enquiry.enquiryId)
    .execute();
}

/** The gate refuses this purpose from the commit on; for it the data stay blocked even where another one lives. */
async function endPurpose(
  ctx: Context,
  tx: Kysely<Database>,
  enquiry: FoundEnquiry,
  actor: Actor,
): Promise<void> {
  const { subject, purpose } = enquiry;
  await appendConsentEvents(tx, ctx, { subject, kind: "expired", purposes: [purpose] });
  const { categories } = purposeOf(ctx, purpose);
  await journal(ctx, tx, enquiry, { operation: "blocking", clause: "17.4", categories, actor });
}

async function journal(
  ctx: Context,
  tx: Kysely<Database>,
  { subject, purpose }: FoundEnquiry,
  entry: {
    readonly operation: Operation;
    readonly clause: string;
    readonly categories: readonly string[];
    readonly actor: Actor;
  },
): Promise<void> {
  await appendEntry(ctx, tx, subject, {
    ...entry,
    entryId: ctx.newId(),
    at: ctx.now(),
    purpose,
    basis: purposeOf(ctx, purpose).basis,
    policyVersion: ctx.policy.version,
  });
}

function purposeOf(ctx: Context, id: string): Purpose {
  const purposes: Readonly<Record<string, Purpose>> = ctx.policy.purposes;
  const purpose = Object.hasOwn(purposes, id) ? purposes[id] : undefined;
  if (!purpose) throw new PurposeGone(id);
  return purpose;
}
