import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { operations, transfers } from "../../policy/language/operations.ts";
import { findClause } from "../../policy/language/policy-text.ts";
import type { Context } from "../../server/context.ts";
import { submitEnquiry } from "../../server/enquiries/submit-enquiry.ts";
import { confirmRequest } from "../../server/requests/confirm-request.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { createApp } from "../../server/web/app.ts";
import { languages, type Language } from "../../server/language/language.ts";
import { operationNames } from "../../server/web/texts/operations.ts";
import { secretIn, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import { WebVisitor } from "../../test-kit/web-visitor.ts";
import { createScene, formIds, type Scene, wordsOf } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const pages = ["/", "/policy", "/forms/consultation", "/forms/enrol", "/forms/order", "/cabinet/sign-in"];

/** The company's name, registrations, address and e-mail, as the record gives them. */
function requisites(language: Language, { controller } = ctx.policy): readonly string[] {
  const { name, registrations, address, email } = controller;
  return [name[language], ...registrations.map(({ value }) => value), address[language], email];
}

for (const language of languages) {
  test(`1, first paragraph: every page in ${language} names the company, its numbers and its address`, async () => {
    for (const page of pages) {
      const words = await wordsOf(scene.visit().get(`/${language}${page}`));
      for (const requisite of requisites(language))
        assert.ok(words.includes(requisite), `${page}: ${requisite}`);
    }
  });
}

test("1, first paragraph: all pages take them from one record: change it, and every page changes", async () => {
  const moved = {
    ...ctx.policy,
    controller: {
      ...ctx.policy.controller,
      name: { ru: "ОсОО «Образец»", ky: "«Үлгү» ЖЧКу", en: "Sample LLC" },
      registrations: [{ label: { ru: "ИНН", ky: "ИСН", en: "INN" }, value: "00000000000000" }],
      email: "office@example.kg",
    },
  };
  const visitor = new WebVisitor(createApp({ ...ctx, policy: moved }), ctx.config.origin);
  for (const language of languages) {
    for (const page of pages) {
      const words = await wordsOf(visitor.get(`/${language}${page}`));
      for (const requisite of requisites(language, moved))
        assert.ok(words.includes(requisite), `${page}: ${requisite}`);
      // The text itself is verbatim, and says what it says.
      if (page !== "/policy") assert.ok(!words.includes(ctx.policy.controller.name[language]), page);
    }
  }
});

for (const language of ["ru", "ky"] as const) {
  test(`1, first paragraph: every kind of letter in ${language} is signed with the same record`, async () => {
    const person = await scene.enrol({ language });
    await scene.signIn(person, language);
    const line = language === "ru" ? subjectLines.stopRu : subjectLines.stopKy;
    await receiveLetter(ctx, { raw: writeLetter({ from: person.email, line }) });
    await scene.kit.runJobs();
    const link = scene.mail.letters.findLast(
      ({ to, text }) => to === person.email && text.includes("/confirm/"),
    );
    assert.deepEqual(await confirmRequest(ctx, secretIn(link?.text ?? "")), { kind: "confirmed" });
    await scene.kit.runJobs();
    const letters = scene.mail.letters.filter(({ to }) => to === person.email);
    assert.equal(letters.length, 4, "received, code, confirmation, last letter");
    for (const { line: subject, text, from } of letters) {
      for (const requisite of requisites(language))
        assert.ok(text.includes(requisite), `${subject}: ${requisite}`);
      assert.equal(from, ctx.policy.controller.email);
    }
  });

  test(`1, first paragraph: the record is what stands in the ${language} text and under it`, () => {
    const { text } = ctx.texts[language];
    const first = findClause(text, "1")?.paragraphs[0]?.text ?? "";
    const { registrations, email } = ctx.policy.controller;
    assert.ok(first.includes("02304202110222") && first.includes("125/1"));
    const closing = text.closing.join("\n");
    for (const { value } of registrations) assert.ok(closing.includes(value), value);
    assert.ok(findClause(text, "21")?.paragraphs[0]?.text.includes(email));
  });
}

test("1, second paragraph: without the declaration of age and capacity no form is taken, and nothing is stored", async () => {
  const empty = await scene.photograph();
  for (const form of formIds) {
    for (const language of languages) {
      const fields = {
        surname: "Тестов",
        firstName: "Айбек",
        phone: "0555000199",
        email: "minor@example.kg",
      };
      const outcome = await submitEnquiry(ctx, { form, language, fields, ticked: [], declared: false });
      assert.deepEqual(outcome, { kind: "invalid", faults: [{ field: "declared", reason: "undeclared" }] });
    }
  }
  assert.deepEqual(await scene.photograph(), empty);
});

test("1, second paragraph: an enquiry keeps that the declaration was made, when, and under which version", async () => {
  const { subject } = await scene.enrol();
  const kept = await ctx.db
    .selectFrom("enquiries.enquiry as enquiry")
    .innerJoin("consent.act as act", "act.act_id", "enquiry.consent_act_id")
    .innerJoin("consent.shown_text as shown", "shown.shown_hash", "act.shown_hash")
    .select([
      "enquiry.declared_adult_and_capable",
      "enquiry.submitted_at",
      "act.policy_version",
      "shown.text",
    ])
    .where("enquiry.subject_id", "=", subject)
    .executeTakeFirstOrThrow();
  const { text, submitted_at: at, ...row } = kept;
  assert.deepEqual(row, { declared_adult_and_capable: true, policy_version: "1" });
  assert.equal(at.toString(), ctx.now().toString());
  assert.ok(
    text.includes("Мне исполнилось 18 лет, и я дееспособен (дееспособна)"),
    "the words declared are kept too",
  );
});

test("1, second paragraph: the database itself keeps no enquiry of anybody who did not declare it", async () => {
  const { subject } = await scene.enrol();
  const row = {
    subject_id: subject,
    enquiry_id: ctx.newId(),
    form: "enrol",
    purpose: "8.2",
    language: "ru",
    submitted_at: ctx.now(),
    declared_adult_and_capable: false,
    consent_act_id: ctx.newId(),
  };
  // 23514: a check of the table.
  await assert.rejects(ctx.db.insertInto("enquiries.enquiry").values(row).execute(), { code: "23514" });
});

test("1, fifth paragraph: the operations are the fourteen of the text and its three kinds of transfer, in its order", () => {
  assert.deepEqual([operations.length, transfers.length], [14, 3]);
  const paragraph = findClause(ctx.texts.ru.text, "1")?.paragraphs[4]?.text.toLowerCase() ?? "";
  const list = paragraph.slice(paragraph.indexOf("можно отнести:"));
  let place = 0;
  // The text declines its words: all but the last three letters of each must follow one another.
  for (const operation of [...operations.slice(0, 10), ...transfers, ...operations.slice(10)]) {
    const [word = ""] = operationNames.ru[operation].toLowerCase().split(/[ (]/u);
    const found = list.indexOf(word.slice(0, -3), place);
    assert.ok(found >= place, `${operation}: «${word}» does not follow in the text`);
    place = found + word.length - 3;
  }
});

test("1, fifth paragraph: the journal takes exactly those seventeen words and no other", async () => {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_constraintdef(c.oid) as definition from pg_constraint c join pg_attribute a on a.atttypid = c.contypid
    where a.attrelid = 'journal.entry'::regclass and a.attname = 'operation'
  `.execute(ctx.db);
  const words = [...(rows[0]?.definition ?? "").matchAll(/'([a-z]+)'/g)].map(([, word]) => word);
  assert.deepEqual(words.toSorted(), [...operations, ...transfers].toSorted());
});
