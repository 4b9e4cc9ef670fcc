import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Purpose } from "../../policy/language/policy.ts";
import type { PurposeId } from "../../server/config/policy.ts";
import { withdrawConsent } from "../../server/consent/withdraw-consent.ts";
import type { Context } from "../../server/context.ts";
import { submitEnquiry } from "../../server/enquiries/submit-enquiry.ts";
import { createApp } from "../../server/web/app.ts";
import { newAddress } from "../../test-kit/correspondence.ts";
import { listening } from "../../test-kit/listening.ts";
import {
  askDatabase,
  createScene,
  formIds,
  journalOf,
  purposeIds,
  type Scene,
  seriesOf,
  tryUse,
} from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const formsOffering = (purpose: PurposeId) =>
  formIds.filter((form) => ctx.policy.forms[form].offers.some((offer) => offer === purpose));

test("8: the purposes are the ten of the text, in its order, and no other", () => {
  for (const language of ["ru", "ky", "en"] as const) {
    const ids = ctx.texts[language].text.clauses
      .map(({ id }) => String(id))
      .filter((id) => id.startsWith("8."));
    assert.deepEqual(ids, purposeIds);
  }
  for (const purpose of purposeIds) assert.equal(ctx.policy.purposes[purpose].clause, purpose);
});

test("8: every kind of data that a form takes serves a purpose that the form is for", () => {
  for (const form of formIds) {
    const { fields, purpose } = ctx.policy.forms[form];
    const served: readonly string[] = ctx.policy.purposes[purpose].categories;
    for (const { category } of fields) assert.ok(served.includes(category), `${form}: ${category}`);
  }
});

for (const purpose of purposeIds) {
  test(`${purpose}: the gate refuses every use for it without that consent, and journals each refusal`, async () => {
    // Somebody who wrote a letter and agreed to nothing.
    const subject = await scene.stranger(newAddress());
    const { categories, operations }: Purpose = ctx.policy.purposes[purpose];
    const refused = { outcome: "refused", reason: "no-consent", clause: "6", opened: false };
    for (const operation of operations) {
      for (const actor of ["subject", "system"] as const) {
        for (const asked of [[], categories]) {
          assert.deepEqual(
            await askDatabase(ctx, { subject, purpose, operation, categories: asked, actor }),
            refused,
          );
        }
      }
    }
    assert.equal(await tryUse(ctx, subject, purpose), "no-consent");
    const entries = (await journalOf(ctx, subject)).filter((entry) => entry.purpose === purpose);
    assert.equal(entries.length, operations.length * 4 + 1);
    for (const { outcome, reason } of entries) assert.deepEqual([outcome, reason], ["refused", "no-consent"]);
  });
}

for (const purpose of ["8.3", "8.4", "8.5", "8.8", "8.9"] as const) {
  test(`${purpose}: it is asked by a box of its own; ticking it opens this purpose alone, withdrawing closes it`, async () => {
    const [form = "enrol"] = formsOffering(purpose);
    const ticked = await scene.enrol({ form, ticked: [purpose] });
    const opened = [];
    for (const id of purposeIds) if ((await tryUse(ctx, ticked.subject, id)) === "done") opened.push(id);
    assert.deepEqual(opened, ["8.2", purpose]);
    await withdrawConsent(ctx, { subject: ticked.subject, purpose });
    assert.equal(await tryUse(ctx, ticked.subject, purpose), "no-consent");

    const unticked = await scene.enrol({ form, ticked: [] });
    assert.deepEqual(await seriesOf(ctx, unticked.subject, purpose), ["refused"]);
    assert.equal(await tryUse(ctx, unticked.subject, purpose), "no-consent");
  });
}

for (const purpose of ["8.1", "8.6", "8.7", "8.10"] as const) {
  test(`${purpose}: no form offers it, so nobody can be made to agree to it, and nothing is done for it`, async () => {
    assert.deepEqual(formsOffering(purpose), []);
    const everything = await scene.enrol({ ticked: ["8.3", "8.4", "8.5", "8.8", "8.9"] });
    assert.equal(await tryUse(ctx, everything.subject, purpose), "no-consent");
    const { surname, firstName, phone, email } = everything;
    const fields = { surname, firstName, phone, email };
    const sent = await submitEnquiry(ctx, {
      form: "enrol",
      language: "ru",
      fields,
      ticked: [purpose],
      declared: true,
    });
    assert.deepEqual(sent, { kind: "refused", reason: "purpose-not-offered", name: purpose, clause: "10.2" });
  });
}

test("8.1: the cabinet knows a person by a code sent to the address on record, and needs no registration", async () => {
  const person = await scene.enrol();
  const visitor = await scene.signIn(person);
  assert.equal((await visitor.get("/ru/cabinet")).status, 200);
  const used = new Set((await journalOf(ctx, person.subject)).map((entry) => entry.purpose));
  assert.deepEqual([...used].toSorted(), ["16-1", "8.2"], "it serves the person's right to see their data");
});

for (const purpose of ["8.6", "8.7"] as const) {
  test(`${purpose}: it names no kind of personal data, so none can ever be opened for it`, async () => {
    assert.deepEqual(ctx.policy.purposes[purpose].categories, []);
    const { subject } = await scene.enrol();
    for (const category of Object.keys(ctx.policy.categories)) {
      const answer = await askDatabase(ctx, { subject, purpose, operation: "use", categories: [category] });
      assert.deepEqual([answer.reason, answer.opened], ["category-not-listed", false]);
    }
  });
}

test("11.3: no purpose allows spreading data or giving anybody access, and providing them takes a consent of its own", async () => {
  const { subject } = await scene.enrol({ ticked: [] });
  for (const purpose of purposeIds) {
    for (const operation of ["transfer", "dissemination", "access"]) {
      const answer = await askDatabase(ctx, { subject, purpose, operation, categories: [] });
      assert.deepEqual(
        [answer.reason, answer.opened],
        ["operation-not-listed", false],
        `${purpose} ${operation}`,
      );
    }
    const provided = await askDatabase(ctx, { subject, purpose, operation: "provision", categories: [] });
    const partners = ["8.3", "8.9", "8.10"].includes(purpose);
    assert.deepEqual(
      [provided.reason, provided.opened],
      [partners ? "no-consent" : "operation-not-listed", false],
    );
  }
});

test("11.3: the pages send nobody elsewhere: the browser is told to load from this site alone", async () => {
  await using server = await listening(createApp(ctx), ctx.config);
  for (const path of [
    "/ru/",
    "/ky/policy",
    "/en/forms/order",
    "/ru/cabinet/sign-in",
    "/ru/console/sign-in",
  ]) {
    const policy = (await server.headersOf(path)).get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'|default-src 'self'/, path);
    assert.doesNotMatch(policy, /https?:|\*/, path);
    assert.doesNotMatch(await (await scene.visit().get(path)).text(), /(src|action)="(https?:)?\/\//, path);
  }
});
