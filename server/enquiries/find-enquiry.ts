import { enquiryState } from "../journal/enquiry-state.ts";
import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { categoriesOf, type ListedEnquiry } from "./list-enquiries.ts";

/** One enquiry with what the console needs to act on it; the person's data stays sealed. */
export interface FoundEnquiry extends ListedEnquiry {
  readonly subject: string;
  readonly enquiryId: string;
  readonly purpose: string;
  readonly fulfilledAt: Temporal.Instant | null;
  /** The name of the member of staff. */
  readonly fulfilledBy: string | null;
}

/** The enquiry with this number, or undefined. `number`: as it stands in the address, so it may be anything. */
export async function findEnquiry(ctx: Context, number: string): Promise<FoundEnquiry | undefined> {
  return readEnquiry(ctx.db, number);
}

/** The same within a transaction. */
export async function readEnquiry(db: Kysely<Database>, number: string): Promise<FoundEnquiry | undefined> {
  if (!isEnquiryNumber(number)) return undefined;
  return db
    .selectFrom("enquiries.enquiry as enquiry")
    .innerJoin("vault.subject as subject", "subject.subject_id", "enquiry.subject_id")
    .leftJoin("staff.member as member", "member.staff_id", "enquiry.fulfilled_by")
    .select([
      "enquiry.number",
      "enquiry.form",
      "enquiry.language",
      "enquiry.submitted_at as submittedAt",
      enquiryState.as("state"),
      categoriesOf.as("categories"),
      "enquiry.subject_id as subject",
      "enquiry.enquiry_id as enquiryId",
      "enquiry.purpose",
      "enquiry.fulfilled_at as fulfilledAt",
      "member.name as fulfilledBy",
    ])
    .where("enquiry.number", "=", number)
    .executeTakeFirst();
}

/** A positive bigint of PostgreSQL with room to spare. */
export function isEnquiryNumber(text: string): boolean {
  return /^[1-9]\d{0,17}$/.test(text);
}
