import type { Context } from "../context.ts";
import { composeEnquiryReceived } from "../letters/compose/enquiry-received.ts";
import type { QueuedLetter } from "../letters/queue-letter.ts";
import type { NewEnquiry } from "./new-enquiry.ts";

/** The letter that tells a person what they agreed to; undefined for one who gave no address. */
export function receivedLetter(
  ctx: Context,
  stored: { readonly subject: string; readonly number: string; readonly enquiry: NewEnquiry },
): QueuedLetter | undefined {
  const { subject, number } = stored;
  const { purpose, language, form, given, email } = stored.enquiry;
  if (email === undefined) return undefined;
  const letter = composeEnquiryReceived(language, { number, form, given, origin: ctx.config.origin });
  return { ...letter, subject, purpose, language, to: email, kind: "enquiry-received", number };
}
