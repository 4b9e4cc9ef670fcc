import assert from "node:assert/strict";
import { createTransport } from "nodemailer";
import type { FormId } from "../server/config/policy.ts";
import { pathInLanguage } from "../server/language/language.ts";
import { secretIn, subjectLines } from "./correspondence.ts";
import type { MailServer, ReceivedLetter } from "./mail-server.ts";
import type { MarkedPerson } from "./marked-person.ts";
import type { RunningServer } from "./running-server.ts";
import { WebVisitor } from "./web-visitor.ts";

/** The steps of the main story, as people and staff take them against a running server. */

/** A browser without a window, at the server's own address. */
export function visit({ origin }: Pick<RunningServer, "origin">): WebVisitor {
  return new WebVisitor({ request: (url, init) => fetch(url, { ...init, redirect: "manual" }) }, origin);
}

/** What a person types into a form. */
export function typed({ surname, firstName, phone, email }: MarkedPerson): Readonly<Record<string, string>> {
  return { surname, firstName, phone, email };
}

/** Fills in a form, agreeing to informational messages (8.4) beside it; it must be taken in. */
export async function sendForm(
  server: RunningServer,
  person: MarkedPerson,
  form: FormId = "enrol",
): Promise<void> {
  const path = pathInLanguage(person.language, `/forms/${form}`);
  const answer = await visit(server).post(path, { ...typed(person), "purpose-8.4": "yes", declared: "yes" });
  assert.equal(answer.status, 303, await answer.text());
}

/** Writes to the company as a mail program would, and has it delivered to the port where letters come in. */
export async function writeToCompany(
  { intakePort }: Pick<RunningServer, "intakePort">,
  letter: { readonly from: string; readonly line: string; readonly text: string },
): Promise<void> {
  const transport = createTransport({ host: "127.0.0.1", port: intakePort, ignoreTLS: true });
  const { from, line, text } = letter;
  await transport.sendMail({ from, to: "softskills@lerna.kg", subject: line, text });
  transport.close();
}

/** The letter that the policy tells people to write (7), in their language, signed as people sign. */
export async function demandStop(server: RunningServer, person: MarkedPerson): Promise<void> {
  const { email, language, surname, firstName, phone } = person;
  const line = language === "ky" ? subjectLines.stopKy : subjectLines.stopRu;
  const text = `${line}.\n\n${firstName} ${surname}\n${phone}\n${email}\n`;
  await writeToCompany(server, { from: `"${firstName} ${surname}" <${email}>`, line: `Re: «${line}»`, text });
}

/** The path of the page behind the link in the newest letter that has one. */
export async function confirmationPath(mail: MailServer, person: MarkedPerson): Promise<string> {
  const letter = await mail.waitForLetter(person.email, ({ text }) => text.includes("/confirm/"));
  return pathInLanguage(person.language, `/confirm/${secretIn(letter.text)}`);
}

/** The code in the newest letter that has one. */
export async function codeFor(mail: MailServer, person: MarkedPerson): Promise<string> {
  const letter = await mail.waitForLetter(person.email, ({ text }) => codeIn(text) !== undefined);
  return codeIn(letter.text) ?? assert.fail("the letter has no code");
}

function codeIn(text: string): string | undefined {
  return /(?<!\d)\d{6}(?=\s*\n)/.exec(text)?.[0];
}

/** All letters to a person so far. */
export function lettersTo(mail: MailServer, { email }: MarkedPerson): readonly ReceivedLetter[] {
  return mail.letters.filter(({ to }) => to.toLowerCase() === email.toLowerCase());
}

/** The first administrator comes in by the printed link; the visitor keeps the cookie. */
export async function becomeAdministrator(server: RunningServer): Promise<WebVisitor> {
  const visitor = visit(server);
  const fields = { login: "primer", name: "Администратор Примеров", password: "высокая гора, синее озеро" };
  const answer = await visitor.post(new URL(server.invitation()).pathname, fields);
  assert.equal(answer.status, 303, await answer.text());
  return visitor;
}
