import { sql } from "kysely";
import type { Context } from "../context.ts";
import { type EnquiryState, enquiryState } from "../journal/enquiry-state.ts";


/** An enquiry as a list shows it: nothing in it had to be opened. */
export interface ListedEnquiry {
  readonly number: string;
  readonly form: string;
  readonly language: string;
  readonly submittedAt: Temporal.Instant;
  readonly state: EnquiryState;
  /** Which kinds of data came with it. */
  readonly categories: readonly string[];
}

export interface EnquiryPage {
  readonly enquiries: readonly ListedEnquiry[];
  /** The number to go on before, where there are older ones. */
  readonly olderThan: string | undefined;
}

export const enquiriesPerPage = 25;

/** The enquiries in this state, the newest first, before the number of the page that came earlier. */
export async function listEnquiries(
  ctx: Context,
  asked: { readonly state: EnquiryState; readonly olderThan?: string | undefined },
): Promise<EnquiryPage> {
  const rows = await enquiriesIn(ctx, asked.state)
    .select([
      "enquiry.number",
      "enquiry.form",
      "enquiry.language",
      "enquiry.submitted_at as submittedAt",
      enquiryState.as("state"),
      categoriesOf.as("categories"),
    ])
    .$if(asked.olderThan !== undefined, (query) => query.where("enquiry.number", "<", asked.olderThan ?? ""))
    .orderBy("enquiry.number", "desc")
    .limit(enquiriesPerPage + 1)
    .execute();
  const enquiries = rows.slice(0, enquiriesPerPage);
  return { enquiries, olderThan: rows.length > enquiries.length ? enquiries.at(-1)?.number : undefined };
}

/** How many enquiries wait to be carried out. */
export async function countOpenEnquiries(ctx: Context): Promise<number> {
  const { count } = await enquiriesIn(ctx, "open")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The first condition is the one an index knows (`enquiry_open`); the second looks only at what it leaves. */
function enquiriesIn(ctx: Context, state: EnquiryState) {
  return ctx.db
    .selectFrom("enquiries.enquiry as enquiry")
    .innerJoin("vault.subject as subject", "subject.subject_id", "enquiry.subject_id")
    .where("enquiry.fulfilled_at", state === "fulfilled" ? "is not" : "is", null)
    .where(enquiryState, "=", state);
}

/** By the rows alone, whose contents stay sealed. */
export const categoriesOf = sql<string[]>`array(
  select attribute.category from vault.attribute attribute
  where attribute.subject_id = enquiry.subject_id and attribute.record_id = enquiry.enquiry_id
  group by attribute.category order by attribute.category)`;
