import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { Context } from "../../server/context.ts";
import { connect } from "../../server/database/connect.ts";
import type { LoadedText, LoadedTexts } from "../../server/publishing/load-policy.ts";
import { publishPolicy, PublishedTextChanged } from "../../server/publishing/publish-policy.ts";
import { createApp } from "../../server/web/app.ts";
import { languages } from "../../server/language/language.ts";
import { WebVisitor } from "../../test-kit/web-visitor.ts";
import { createScene, type Scene, wordsOf } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** The same text with one letter more. */
function edited({ text, source }: LoadedText): LoadedText {
  const changed = `${source}\n`;
  return { text, source: changed, hash: sha256(changed) };
}

/** Publishes as the start of the server does: as the database's owner. */
async function publish(version: string, texts: LoadedTexts): Promise<void> {
  await using owner = connect(scene.kit.database.ownerAddress, { name: "publish", max: 1 });
  await publishPolicy(owner.db, { ...ctx.policy, version }, texts, ctx.now());
}

async function published() {
  return ctx.db
    .selectFrom("publishing.policy_text")
    .select(["policy_version as version", "language", "text_hash as hash", "text"])
    .orderBy("policy_version")
    .orderBy("language")
    .execute();
}

for (const language of languages) {
  test(`19: the current text in ${language} is on the site at one address, clause by clause, with its version and day`, async () => {
    const words = await wordsOf(scene.visit().get(`/${language}/policy`));
    for (const { text } of ctx.texts[language].text.blocks)
      assert.ok(words.includes(text.replaceAll(/\s+/g, " ")), text);
    assert.ok(words.includes(ctx.policy.version));
    assert.match(words, /2026/);
    assert.ok(words.includes(ctx.texts[language].hash.toString("hex")));
  });

  test(`19: the ${language} text can be taken away to the byte, and has the hash that the page shows`, async () => {
    const bytes = Buffer.from(await (await scene.visit().get(`/${language}/policy.txt`)).arrayBuffer());
    assert.deepEqual(createHash("sha256").update(bytes).digest(), ctx.texts[language].hash);
    assert.equal(bytes.toString("utf8"), ctx.texts[language].source);
  });
}

test("19: the English text says that it is a courtesy, and leads to the two that bind", async () => {
  const html = await (await scene.visit().get("/en/policy")).text();
  assert.match(html, /href="\/ru\/policy"/);
  assert.match(html, /href="\/ky\/policy"/);
  assert.match(await wordsOf(scene.visit().get("/en/policy")), /courtesy|translation/i);
});

test("19: the words of a published version cannot be changed: the start refuses, and everything stays as it was", async () => {
  const before = await published();
  for (const language of languages) {
    const texts = { ...ctx.texts, [language]: edited(ctx.texts[language]) };
    await assert.rejects(publish(ctx.policy.version, texts), PublishedTextChanged);
  }
  assert.deepEqual(await published(), before);
});

test("19: the server's own role can neither change, remove nor add a published text", async () => {
  for (const statement of [
    "update publishing.policy_text set text = ''",
    "delete from publishing.policy_text",
    "insert into publishing.policy_text select '9', language, text_hash, text, effective_from, published_at from publishing.policy_text",
  ]) {
    await assert.rejects(sql.raw(statement).execute(ctx.db), { code: "42501" });
  }
});

test("19: publishing the same version again, as every start does, changes nothing", async () => {
  const before = await published();
  await publish(ctx.policy.version, ctx.texts);
  assert.deepEqual(await published(), before);
});

test("19: a new version stands at the same address; the old one is kept, and consents still lead to their own words", async () => {
  const { subject } = await scene.enrol();
  const texts = { ru: edited(ctx.texts.ru), ky: edited(ctx.texts.ky), en: edited(ctx.texts.en) };
  await publish("2", texts);
  assert.deepEqual(
    (await published()).map(({ version, language }) => `${version} ${language}`),
    [...["1 en", "1 ky", "1 ru", "2 en", "2 ky", "2 ru"]],
  );

  const next = { ...ctx, policy: { ...ctx.policy, version: "2" }, texts };
  const visitor = new WebVisitor(createApp(next), ctx.config.origin);
  assert.ok((await wordsOf(visitor.get("/ru/policy"))).includes(texts.ru.hash.toString("hex")));

  const act = await ctx.db
    .selectFrom("consent.act as act")
    .innerJoin("consent.shown_text as shown", "shown.shown_hash", "act.shown_hash")
    .select(["act.policy_version", "shown.text"])
    .where("act.subject_id", "=", subject)
    .executeTakeFirstOrThrow();
  assert.equal(act.policy_version, "1");
  const [, hash = ""] = /\bru sha256:([0-9a-f]{64})/.exec(act.text) ?? [];
  const kept = (await published()).find((row) => row.hash.toString("hex") === hash);
  assert.deepEqual([kept?.version, kept?.text], ["1", ctx.texts.ru.source]);
});
