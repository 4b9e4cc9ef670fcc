import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Context } from "../../server/context.ts";
import { languages } from "../../server/language/language.ts";
import { createScene, formIds, type Scene, wordsOf } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const declarations = {
  ru: "Мне исполнилось 18 лет, и я дееспособен (дееспособна)",
  // «Аракетке жөндөмдүү», as the law has it and 9.2 implies; 9.1's own «ишке жөндөмдүү» means "able to work".
  ky: "Мен 18 жашка толгом жана аракетке жөндөмдүүмүн",
  en: "I have reached the age of 18 and am legally capable",
} as const;

const person = { surname: "Тестов", firstName: "Айбек", phone: "0555000191", email: "aibek.nine@example.kg" };

for (const language of languages) {
  test(`9.1: every form in ${language} asks the person to declare that they are of age and capable`, async () => {
    for (const form of formIds) {
      assert.ok(
        (await wordsOf(scene.visit().get(`/${language}/forms/${form}`))).includes(declarations[language]),
      );
    }
  });

  test(`9.1: a form in ${language} without the declaration comes back with what was typed, and nothing is kept`, async () => {
    const before = await scene.photograph();
    for (const form of formIds) {
      const answer = await scene.visit().post(`/${language}/forms/${form}`, person);
      assert.equal(answer.status, 422);
      const html = await answer.text();
      assert.ok(/href="#[^"]*declared"/.test(html), "the summary leads to the box");
      assert.ok(html.includes(`value="${person.surname}"`));
    }
    assert.deepEqual(await scene.photograph(), before);
  });
}

test("9.1: the consent of whoever does declare it is kept together with the words declared", async () => {
  for (const language of languages) {
    const { subject } = await scene.enrol({ language });
    const rows = await ctx.db
      .selectFrom("consent.act as act")
      .innerJoin("consent.shown_text as shown", "shown.shown_hash", "act.shown_hash")
      .innerJoin("enquiries.enquiry as enquiry", "enquiry.consent_act_id", "act.act_id")
      .select(["shown.text", "enquiry.declared_adult_and_capable as declared"])
      .where("act.subject_id", "=", subject)
      .execute();
    assert.deepEqual(
      rows.map(({ declared }) => declared),
      [true],
    );
    assert.ok(rows[0]?.text.includes(`[ ] ${declarations[language]}`));
  }
});

test("9.1: nobody can declare it in any other way than by ticking the box", async () => {
  for (const declared of ["no", "", "on", "true"]) {
    const answer = await scene.visit().post("/ru/forms/order", { ...person, declared });
    assert.equal(answer.status, 400, declared);
  }
});
