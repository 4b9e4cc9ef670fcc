import type { Context } from "../context.ts";
import { type EnquiryState, enquiryState } from "../journal/enquiry-state.ts";

/** What the person asked the company for, and how far it has come. */
export interface MyEnquiry {
  readonly enquiryId: string;
  readonly number: string;
  readonly form: string;
  readonly submittedAt: Temporal.Instant;
  readonly state: EnquiryState;
}

/** The person's enquiries, the newest first. */
export async function readMyEnquiries(ctx: Context, subject: string): Promise<readonly MyEnquiry[]> {
  const rows = await ctx.db
    .selectFrom("enquiries.enquiry as enquiry")
    .innerJoin("vault.subject as subject", "subject.subject_id", "enquiry.subject_id")
    .select(["enquiry.enquiry_id", "enquiry.number", "enquiry.form", "enquiry.submitted_at", enquiryState.as("state")])
    .where("enquiry.subject_id", "=", subject)
    .orderBy("enquiry.enquiry_id", "desc")
    .execute();
  return rows.map((row) => ({
    enquiryId: row.enquiry_id,
    number: row.number,
    form: row.form,
    submittedAt: row.submitted_at,
    state: row.state,
  }));
}
