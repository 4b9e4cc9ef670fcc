import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { FormId } from "../../server/config/policy.ts";
import type { Context } from "../../server/context.ts";
import { submitEnquiry } from "../../server/enquiries/submit-enquiry.ts";
import { createApp } from "../../server/web/app.ts";
import { languages } from "../../server/language/language.ts";
import { createScene, formIds, type Scene, wordsOf } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

let serial = 0;
function someone(): Record<"surname" | "firstName" | "phone" | "email", string> {
  serial += 1;
  const phone = `+9965550${String(30_000 + serial)}`;
  return { surname: "Тестова", firstName: "Айгуль", phone, email: `aigul.${serial}@example.kg` };
}

/** What was stored when this person pressed the button. */
async function actOf(email: string) {
  return ctx.db
    .selectFrom("consent.act as act")
    .innerJoin("vault.lookup as lookup", "lookup.subject_id", "act.subject_id")
    .innerJoin("consent.shown_text as shown", "shown.shown_hash", "act.shown_hash")
    .select(["act.at", "act.policy_version", "act.language", "act.form", "act.button_label", "shown.text"])
    .select(["act.shown_hash", "shown.language as shownLanguage", "act.offered", "act.given", "act.refused"])
    .where("lookup.digest", "=", ctx.index.digest("email", email))
    .executeTakeFirst();
}

for (const language of languages) {
  for (const form of formIds) {
    test(`4, first paragraph: «${form}» in ${language} keeps what was shown, pressed, offered, given and refused`, async () => {
      const visitor = scene.visit();
      const page = await visitor.get(`/${language}/forms/${form}`);
      const html = await page.clone().text();
      const person = someone();
      const offered = ctx.policy.forms[form].offers;
      const sent = { ...person, "purpose-8.4": "yes", declared: "yes" };
      assert.equal((await visitor.post(`/${language}/forms/${form}`, sent)).status, 303);

      const act = (await actOf(person.email)) ?? assert.fail("no act of consent was stored");
      const { text, shown_hash: hash, ...kept } = act;
      const [, label] = /<button[^>]*class="button [^>]*>([^<]+)<\/button>/.exec(html) ?? [];
      assert.deepEqual(
        { ...kept, at: kept.at.toString() },
        {
          at: ctx.now().toString(),
          policy_version: ctx.policy.version,
          language,
          form,
          button_label: label,
          shownLanguage: language,
          offered: [...offered],
          given: ["8.2", "8.4"],
          refused: offered.filter((purpose) => purpose !== "8.4"),
        },
      );
      assert.deepEqual(hash, createHash("sha256").update(text).digest(), "the hash is that of the text kept");
      assertShown(text, await wordsOf(page));
    });
  }

  test(`4, first paragraph: the text in ${language} says that pressing the button agrees to the policy`, async () => {
    const agrees = {
      ru: /Нажимая кнопку «[^»]+», вы соглашаетесь с Политикой/,
      // The Kyrgyz text of the clause forgets to say so; the form does not.
      ky: /баскычын басуу менен.*макулдук бересиз/,
      en: /By pressing .* you agree to the/,
    };
    for (const form of formIds) {
      assert.match(await wordsOf(scene.visit().get(`/${language}/forms/${form}`)), agrees[language]);
    }
  });
}

/** Every line of the text stood on the page, in this order; the last names the policy's own text by its hash. */
function assertShown(text: string, words: string): void {
  const lines = text
    .split("\n")
    .slice(0, -1)
    .flatMap((line) => line.replace(/^\[ \] |^\((?=.*\)$)/, "").split(" · "));
  let place = 0;
  for (const line of lines.map((part, index) => (index === lines.length - 1 ? part.slice(0, -1) : part))) {
    const found = words.indexOf(line.replaceAll(/\s+/g, " "), place);
    assert.ok(found >= 0, `«${line}» did not stand on the page, or not in its place`);
    place = found + line.length;
  }
}

test("4, first paragraph: the text agreed to leads to the very words of the policy, kept by their hash", async () => {
  const person = await scene.enrol({ language: "ky" });
  const act = (await actOf(person.email.toLowerCase())) ?? assert.fail("no act of consent was stored");
  const [, hash = ""] = /\bky sha256:([0-9a-f]{64})/.exec(act.text) ?? [];
  const published = await ctx.db
    .selectFrom("publishing.policy_text")
    .select(["text", "policy_version"])
    .where("text_hash", "=", Buffer.from(hash, "hex"))
    .executeTakeFirstOrThrow();
  assert.deepEqual(published, { text: ctx.texts.ky.source, policy_version: act.policy_version });
});

test("4, first paragraph: every form asks for a name and a phone, and for e-mail only where it is needed", () => {
  const needed = (form: FormId) =>
    ctx.policy.forms[form].fields.filter(({ required }) => required).map(({ category }) => category);
  assert.deepEqual(needed("consultation"), ["surname", "firstName", "phone"]);
  assert.deepEqual(needed("enrol"), ["surname", "firstName", "phone", "email"]);
  assert.deepEqual(needed("order"), ["surname", "firstName", "phone", "email"]);
});

test("4, first paragraph: without a name or a phone there is no agreement, and nothing is kept", async () => {
  const before = await scene.photograph();
  for (const missing of ["firstName", "phone"] as const) {
    const fields = { ...someone(), [missing]: "" };
    const outcome = await submitEnquiry(ctx, {
      form: "order",
      language: "ru",
      fields,
      ticked: [],
      declared: true,
    });
    assert.deepEqual(outcome, { kind: "invalid", faults: [{ field: missing, reason: "missing" }] });
  }
  assert.deepEqual(await scene.photograph(), before);
});

test("4, first paragraph: nobody agrees by somebody else's hand: no box is ticked before the person ticks it", async () => {
  for (const language of languages) {
    for (const form of formIds) {
      const html = await (await scene.visit().get(`/${language}/forms/${form}`)).text();
      const boxes = html.match(/<input[^>]*type="checkbox"[^>]*>/g) ?? [];
      assert.equal(boxes.length, ctx.policy.forms[form].offers.length + 1);
      for (const box of boxes) assert.doesNotMatch(box, /\bchecked\b/);
    }
  }
});

test("4, second paragraph: looking at the forms without pressing leaves nothing behind, and no cookie", async () => {
  const before = await scene.photograph();
  for (const path of ["/", "/policy", ...formIds.map((form) => `/forms/${form}`)]) {
    const answer = await scene.visit().get(`/ru${path}`);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.headers.getSetCookie(), [], path);
  }
  assert.deepEqual(await scene.photograph(), before);
});

test("4, first paragraph: no column of the database is made for an IP address, a browser or a referring site", async () => {
  const { rows } = await sql<{ place: string }>`
    select table_schema || '.' || table_name || '.' || column_name as place from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema')
      and (udt_name in ('inet', 'cidr', 'macaddr', 'macaddr8')
        or column_name ~ '(^|_)(ip|address|agent|browser|referer|referrer|device)(_|$)')
  `.execute(ctx.db);
  assert.deepEqual(rows, []);
});

test("4, first paragraph: from where and with which browser the button was pressed is kept nowhere", async () => {
  const marks = ["203.0.113.77", "TestBrowser/7.7", "https://lerna.kg/from-here"];
  const [address = "", browser = "", referer = ""] = marks;
  const answer = await createApp(ctx).request(`${ctx.config.origin}/ru/forms/enrol`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      origin: ctx.config.origin,
      "x-forwarded-for": address,
      "user-agent": browser,
      referer,
    },
    body: new URLSearchParams({ ...someone(), declared: "yes" }).toString(),
  });
  assert.equal(answer.status, 303);
  for (const [table, rows] of await scene.photograph()) {
    for (const row of rows) assert.ok(!marks.some((mark) => row.includes(mark)), `kept in ${table}`);
  }
  assert.ok(!scene.kit.log.some((line) => marks.some((mark) => line.includes(mark))));
});
