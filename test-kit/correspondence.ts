import assert from "node:assert/strict";
import type { Context } from "../server/context.ts";
import { submitEnquiry } from "../server/enquiries/submit-enquiry.ts";
import { findSubject } from "../server/vault/find-subject.ts";
import type { Language } from "../server/language/language.ts";

/** The policy's four subject lines (7). */
export const subjectLines = {
  stopRu: "Прекратить обработку персональных данных",
  stopKy: "Жеке маалыматтарды иштетүүнү токтотуу",
  rectifyRu: "Уточнить персональные данные",
  rectifyKy: "Жеке маалыматтарды тактоо",
} as const;

let serial = 0;

/** An address of an invented person that no test has used before. */
export function newAddress(): string {
  serial += 1;
  return `aibek.testov.${serial}@example.kg`;
}

/** A raw letter as a mail program writes it. `headers`: further lines, without an end of line. */
export function writeLetter(letter: {
  readonly from: string;
  readonly line: string;
  readonly text?: string;
  readonly headers?: readonly string[];
}): Buffer {
  serial += 1;
  const word = `=?utf-8?B?${Buffer.from(letter.line).toString("base64")}?=`;
  const headers = [
    `From: ${letter.from}`,
    "To: softskills@lerna.kg",
    `Subject: ${word}`,
    `Message-ID: <${serial}@example.kg>`,
    "Content-Type: text/plain; charset=utf-8",
    ...(letter.headers ?? []),
  ];
  return Buffer.from(`${headers.join("\r\n")}\r\n\r\n${letter.text ?? "Прошу."}\r\n`);
}

/** Somebody enrols in a course, and so is known by their address. Returns their subject. */
export async function enrol(ctx: Context, email: string, language: Language = "ru"): Promise<string> {
  serial += 1;
  const fields = { surname: "Тестов", firstName: "Айбек", phone: `+99655501${String(1000 + serial)}`, email };
  const taken = await submitEnquiry(ctx, { form: "enrol", language, fields, ticked: ["8.4"], declared: true });
  assert.ok(taken.kind === "accepted", JSON.stringify(taken));
  return subjectOf(ctx, email);
}

/** The subject with this address. */
export async function subjectOf(ctx: Context, email: string): Promise<string> {
  const subject = await findSubject(ctx, "email", email);
  return subject ?? assert.fail("nobody has this address");
}

/** The secret at the end of the link in a letter. */
export function secretIn(text: string): string {
  return /\/confirm\/([A-Za-z0-9_-]{43})$/mu.exec(text)?.[1] ?? assert.fail("the letter has no link");
}
