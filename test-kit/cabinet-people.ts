import assert from "node:assert/strict";
import type { FormId, PurposeId } from "../server/config/policy.ts";
import { submitEnquiry } from "../server/enquiries/submit-enquiry.ts";
import { createSmtpMailer } from "../server/letters/smtp-mailer.ts";
import { normaliseEmail } from "../server/vault/blind-index.ts";
import { findSubject } from "../server/vault/find-subject.ts";
import type { Language } from "../server/language/language.ts";
import { createTestContext, type TestContext } from "./context.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";

/** Somebody invented, who has sent a form. */
export interface Person {
  readonly subject: string;
  readonly email: string;
  readonly phone: string;
  readonly surname: string;
  readonly firstName: string;
}

/** A server with a real mail server beside it, and people who can read their letters. */
export interface CabinetPeople extends AsyncDisposable {
  readonly kit: TestContext;
  readonly mail: MailServer;
  /** A new person sends a form, agreeing to these purposes beside it. Their letters have arrived on return. */
  enrol(how?: { form?: FormId; language?: Language; ticked?: readonly PurposeId[] }): Promise<Person>;
  /** The same person sends another form. */
  sendAgain(person: Person, form: FormId): Promise<void>;
  /** The six digits in the last letter to this address that has any. */
  lastCode(email: string): string;
}

const usual: readonly PurposeId[] = ["8.4"];

export async function createCabinetPeople(): Promise<CabinetPeople> {
  await using resources = new AsyncDisposableStack();
  const mail = resources.use(await startMailServer());
  const mailer = createSmtpMailer({ url: mail.url, from: "softskills@lerna.kg", fromName: "Софтскилз" });
  const kit = resources.use(await createTestContext({ mailer }));
  let serial = 0;

  const send = async (
    form: FormId,
    language: Language,
    ticked: readonly PurposeId[],
    { surname, firstName, phone, email }: Omit<Person, "subject">,
  ) => {
    const fields = { surname, firstName, phone, email };
    const sent = await submitEnquiry(kit.ctx, { form, language, fields, ticked, declared: true });
    assert.ok(sent.kind === "accepted", JSON.stringify(sent));
    await kit.runJobs();
  };

  const kept = resources.move();
  return {
    kit,
    mail,
    async enrol({ form = "enrol", language = "ru", ticked = usual } = {}) {
      serial += 1;
      const who = {
        surname: "Тестов",
        firstName: "Айбек",
        phone: `+996555${100_100 + serial}`,
        email: `Aibek.${serial}@example.kg`,
      };
      await send(form, language, ticked, who);
      const subject = await findSubject(kit.ctx, "email", normaliseEmail(who.email));
      return { ...who, subject: subject ?? assert.fail("nobody is found by the address") };
    },
    sendAgain: (person, form) => send(form, "ru", [], person),
    lastCode(email) {
      const letters = mail.letters.filter(({ to }) => to === email);
      const codes = letters.flatMap(({ text }) => /(?<!\d)\d{6}(?=\s*\n)/.exec(text)?.[0] ?? []);
      return codes.at(-1) ?? assert.fail("no letter with a code has come");
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
