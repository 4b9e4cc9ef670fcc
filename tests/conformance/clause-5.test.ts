import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findClause } from "../../policy/language/policy-text.ts";
import type { Policy } from "../../policy/language/policy.ts";
import { checkPolicy, PolicyError } from "../../policy/review/check-policy.ts";
import { policyDirectory } from "../../server/config/policy.ts";
import type { Context } from "../../server/context.ts";
import { submitEnquiry } from "../../server/enquiries/submit-enquiry.ts";
import { loadPolicy } from "../../server/publishing/load-policy.ts";
import { createScene, formIds, type Scene, wordsOf } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const person = { surname: "Тестов", firstName: "Айбек", phone: "0555000155", email: "aibek.five@example.kg" };

test("5: the kinds of data that people give are the five of the text, under its own names", () => {
  const { categories } = ctx.policy;
  const five = Object.entries(categories).filter(([, { clause }]) => clause === "5");
  assert.deepEqual(five.map(([id]) => id).toSorted(), ["email", "firstName", "phone", "surname", "userId"]);
  const text = findClause(ctx.texts.ru.text, "5")?.paragraphs[0]?.text.toLowerCase() ?? "";
  for (const [, { label }] of five) assert.ok(text.includes(label.ru.toLowerCase()), label.ru);
  const others = Object.values(categories).filter(({ clause }) => clause !== "5");
  assert.deepEqual(
    others.map(({ clause }) => clause),
    ["7"],
    "beside them only the letters that clause 7 invites",
  );
});

test("5: no form asks for anything but what clause 5 names", () => {
  for (const form of formIds) {
    for (const { category } of ctx.policy.forms[form].fields)
      assert.equal(ctx.policy.categories[category].clause, "5");
  }
});

test("5: a form with a kind of data that the policy does not name is found by the check, and cannot be published", () => {
  const { order } = ctx.policy.forms;
  const passport = { ...order, fields: [...order.fields, { category: "passport", required: true }] };
  const changed: Policy = { ...ctx.policy, forms: { ...ctx.policy.forms, order: passport } };
  const texts = { ru: ctx.texts.ru.text, ky: ctx.texts.ky.text, en: ctx.texts.en.text };
  assert.deepEqual(
    checkPolicy(changed, texts).map(({ code, place }) => [code, place]),
    [["unknown-category", "forms.order.fields"]],
  );
  assert.throws(() => loadPolicy(changed, policyDirectory), PolicyError);
});

test("5: a form that takes a kind of data which its purpose does not list cannot be published either (10.5)", () => {
  const { order } = ctx.policy.forms;
  const letters = { ...order, fields: [...order.fields, { category: "letter", required: true }] };
  const changed: Policy = { ...ctx.policy, forms: { ...ctx.policy.forms, order: letters } };
  assert.throws(() => loadPolicy(changed, policyDirectory), PolicyError);
});

test("5: a kind of data cannot be added to the policy without a clause of the text that names it", () => {
  const label = { ru: "Паспорт", ky: "Паспорт", en: "Passport" };
  const changed: Policy = {
    ...ctx.policy,
    categories: { ...ctx.policy.categories, passport: { clause: "5.1", label } },
  };
  const texts = { ru: ctx.texts.ru.text, ky: ctx.texts.ky.text, en: ctx.texts.en.text };
  const findings = checkPolicy(changed, texts).map(({ code, place }) => [code, place]);
  assert.deepEqual(findings, [
    ["dangling-clause", "categories.passport"],
    ["dangling-clause", "categories.passport"],
  ]);
});

for (const extra of ["passport", "userId", "letter"]) {
  test(`5: a form that is sent with «${extra}» beside its fields is refused whole, and nothing is stored`, async () => {
    const empty = await scene.photograph();
    for (const form of formIds) {
      const fields = { ...person, [extra]: "AN1234567" };
      const outcome = await submitEnquiry(ctx, { form, language: "ru", fields, ticked: [], declared: true });
      assert.deepEqual(outcome, { kind: "refused", reason: "category-not-taken", name: extra, clause: "5" });
    }
    assert.deepEqual(await scene.photograph(), empty);
  });
}

test("5: whoever sends such a form by hand reads which field was too many and by which clause", async () => {
  for (const language of ["ru", "ky", "en"] as const) {
    const answer = await scene
      .visit()
      .post(`/${language}/forms/order`, { ...person, passport: "AN1234567", declared: "yes" });
    assert.equal(answer.status, 400);
    const words = await wordsOf(answer);
    assert.ok(words.includes("passport") && /\b5\b/.test(words), words);
    assert.ok(!words.includes("AN1234567"));
  }
});
