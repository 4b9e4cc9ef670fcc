import type { Context } from "../context.ts";
import { submitEnquiry } from "../enquiries/submit-enquiry.ts";
import { receiveLetter } from "../requests/receive-letter.ts";
import { type DemoLetter, demoLetters, demoPeople } from "./people.ts";

/** The demo could not be filled: something that real people would do was not accepted. */
export class DemoNotFilled extends Error {
  readonly code = "demo-not-filled";
  constructor(what: string, outcome: string) {
    super(`The demo's ${what} was not accepted (${outcome}); remove its folder and start it again.`);
  }
}

/** Lets invented people fill in forms and write letters, by the same way as real ones. Does nothing if there are any. */
export async function fillDemo(ctx: Context): Promise<void> {
  if (ctx.config.kind !== "demo") throw new DemoNotFilled("database", "it is not a demo");
  const anybody = await ctx.db.selectFrom("vault.subject").select("subject_id").limit(1).executeTakeFirst();
  if (anybody) return;
  for (const { form, language, ticked, ...typed } of demoPeople) {
    const fields = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
    const outcome = await submitEnquiry(ctx, { form, language, fields, ticked, declared: true });
    if (outcome.kind !== "accepted") throw new DemoNotFilled("enquiry", outcome.kind);
  }
  for (const letter of demoLetters) await receiveLetter(ctx, { raw: writeRaw(ctx, letter) });
}

function writeRaw(ctx: Context, { from, subject, text }: DemoLetter): Buffer {
  const encodedSubject = `=?utf-8?B?${Buffer.from(subject).toString("base64")}?=`;
  const lines = [
    `From: <${from}>`,
    `To: <${ctx.policy.controller.email}>`,
    `Subject: ${encodedSubject}`,
    `Message-ID: <${ctx.newId()}@example.org>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(text).toString("base64"),
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}
