import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { composeEnquiryReceived } from "../letters/compose/enquiry-received.ts";
import { queueLetter } from "../letters/queue-letter.ts";
import type { NewEnquiry } from "./new-enquiry.ts";

type Received = Pick<NewEnquiry, "purpose" | "language" | "form" | "given"> & {
  readonly subject: string;
  readonly number: string;
  readonly email: string;
};

/** Queues the letter that tells the person what they agreed to, in the transaction that stores the enquiry. */
export async function tellReceived(
  ctx: Context,
  tx: Kysely<Database>,
  { subject, purpose, language, form, given, number, email }: Received,
  seal: (plain: Buffer, identity: string) => Buffer,
): Promise<void> {
  const letter = composeEnquiryReceived(language, { number, form, given, origin: ctx.config.origin });
  await queueLetter(ctx, tx, { ...letter, subject, purpose, language, to: email, kind: "enquiry-received" }, seal);
}
