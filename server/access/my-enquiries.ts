import type { Context } from "../context.ts";
import { readLivePurposes } from "../journal/consent-events.ts";

/** What the person asked the company for, and how far it has come. */
export interface MyEnquiry {
  readonly enquiryId: string;
  readonly number: string;
  readonly form: string;
  readonly submittedAt: Temporal.Instant;
  /** `stopped`: its purpose lives no longer, so nobody may work on it. */
  readonly state: "open" | "fulfilled" | "stopped";
}

/** The person's enquiries, the newest first. */
export async function readMyEnquiries(ctx: Context, subject: string): Promise<readonly MyEnquiry[]> {
  const living = await readLivePurposes(ctx.db, subject);
  const rows = await ctx.db
    .selectFrom("enquiries.enquiry")
    .select(["enquiry_id", "number", "form", "purpose", "submitted_at", "fulfilled_at"])
    .where("subject_id", "=", subject)
    .orderBy("enquiry_id", "desc")
    .execute();
  return rows.map((row) => ({
    enquiryId: row.enquiry_id,
    number: row.number,
    form: row.form,
    submittedAt: row.submitted_at,
    state: row.fulfilled_at ? "fulfilled" : living.includes(row.purpose) ? "open" : "stopped",
  }));
}
