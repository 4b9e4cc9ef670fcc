import type { CategoryId } from "../config/policy.ts";
import type { Context } from "../context.ts";
import type { UseOutcome } from "../vault/gate.ts";
import type { StoredValue } from "../vault/open-subject.ts";
import { type MyEnquiry, readMyEnquiries } from "./my-enquiries.ts";
import { type MyLetter, readMyLetters } from "./my-letters.ts";

/** Everything the company holds about one person, as the person sees it (16). */
export interface MyData {
  /** The newest first. */
  readonly enquiries: readonly MyEnquiry[];
  /** Every value, oldest first; `record` is the enquiry or the letter it came with. */
  readonly values: readonly StoredValue<CategoryId>[];
  /** The newest first. */
  readonly letters: readonly MyLetter[];
}

/** Opens all of it through the gate, under the duty to show people the data about them; the journal keeps that. */
export async function readMyData(ctx: Context, subject: string): Promise<UseOutcome<MyData>> {
  const opened = await ctx.gate.use(
    {
      subject,
      purpose: "16-1",
      operation: "extraction",
      categories: ctx.policy.duties["16-1"].categories,
      actor: { kind: "subject" },
    },
    ({ values }) => values,
  );
  if (opened.kind === "refused") return opened;
  const [enquiries, letters] = await Promise.all([readMyEnquiries(ctx, subject), readMyLetters(ctx, subject)]);
  return { kind: "done", value: { enquiries, values: opened.value, letters } };
}
