import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { createTestContext, type TestContext } from "../../../test-kit/context.ts";
import { createApp } from "../app.ts";
import { languages } from "../../language/language.ts";

let kit: TestContext;
let app: ReturnType<typeof createApp>;
before(async () => {
  kit = await createTestContext();
  app = createApp(kit.ctx);
});
after(() => kit[Symbol.asyncDispose]());

const get = async (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
const words = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
const pages = ["/", "/policy", "/forms/consultation", "/forms/enrol", "/forms/order", "/forms/enrol/received"];

for (const [wanted, path] of [
  ["ky-KG,ky;q=0.9,ru;q=0.8", "/ky/"],
  ["en-US,en;q=0.5", "/en/"],
  ["de-DE", "/ru/"],
] as const) {
  test(`the bare address leads a browser that wants «${wanted}» to ${path}`, async () => {
    const answer = await get("/", { "accept-language": wanted });
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get("location"), path);
    assert.equal(answer.headers.get("vary"), "accept-language");
  });
}

for (const language of languages) {
  test(`every public page in ${language} is a whole page in that language, without a script or an inline style`, async () => {
    for (const page of pages) {
      const answer = await get(`/${language}${page}`, { cookie: "ubada_enquiry=1" });
      assert.equal(answer.status, 200, page);
      const html = await answer.text();
      assert.ok(html.startsWith(`<!doctype html><html lang="${language}"`), page);
      assert.doesNotMatch(html, /<script|\bstyle=|\bon[a-z]+=|javascript:|undefined|\[object/);
      assert.equal(html.match(/<h1\b/g)?.length, 1, page);
    }
  });

  test(`the front page in ${language} leads to every form, and each of its promises to a place in the policy`, async () => {
    const front = await (await get(`/${language}/`)).text();
    const policy = await (await get(`/${language}/policy`)).text();
    for (const form of Object.keys(kit.ctx.policy.forms)) assert.ok(front.includes(`href="/${language}/forms/${form}"`));
    const anchors = [...front.matchAll(/\/policy#([0-9.-]+)"/g)].map(([, anchor = ""]) => anchor);
    assert.equal(anchors.length, 5);
    for (const anchor of anchors) assert.ok(policy.includes(`id="${anchor}"`), anchor);
  });

  test(`the policy in ${language} shows every paragraph of the text, in its order, each under its own address`, async () => {
    const { text, hash } = kit.ctx.texts[language];
    const html = await (await get(`/${language}/policy`)).text();
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, "an address leads to two places");
    const paragraphs = [...html.matchAll(/<p id="([0-9.]+-\d+)">([^<]*)<\/p>/g)];
    const unescape = (escaped: string) => escaped.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
    assert.deepEqual(
      paragraphs.map(([, id, shown = ""]) => [id, unescape(shown)]),
      text.blocks.map((block) => [block.paragraph, block.text]),
    );
    for (const { id } of text.clauses) assert.ok(html.includes(` id="${id}"`), id);
    for (const line of text.closing) assert.ok(words(html).includes(line));
    assert.ok(html.includes(hash.toString("hex")));
  });

  test(`the plain text in ${language} is byte for byte what consents are bound to`, async () => {
    const answer = await get(`/${language}/policy.txt`);
    assert.equal(answer.headers.get("content-type"), "text/plain; charset=utf-8");
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual(createHash("sha256").update(bytes).digest(), kit.ctx.texts[language].hash);
  });
}

test("only the English text is marked as a courtesy translation, and leads to the texts that bind", async () => {
  const english = await (await get("/en/policy")).text();
  assert.match(words(english), /courtesy translation/);
  assert.ok(english.includes('href="/ru/policy"') && english.includes('href="/ky/policy"'));
  for (const language of ["ru", "ky"]) {
    assert.doesNotMatch(await (await get(`/${language}/policy`)).text(), /class="notice/);
  }
});

test("a paragraph after the sub-clauses belongs to the clause above them: 17-2 stands inside 17, not inside 17.4", async () => {
  const html = await (await get("/ru/policy")).text();
  const inside = html.slice(html.indexOf('id="17"'), html.indexOf('id="17-2"'));
  const open = (tag: RegExp) => inside.match(tag)?.length ?? 0;
  assert.equal(open(/<section/g), open(/<\/section>/g), "a sub-clause is still open");
});

test("the figures that the front page names are those of the policy", () => {
  const { requests } = kit.ctx.policy;
  assert.deepEqual([requests.rectification.limit, requests.stop.limit], [{ workingDays: 7 }, { days: 30 }]);
});

test("pages that are the same for everybody may be kept for five minutes, and are not sent twice", async () => {
  for (const path of ["/ru/", "/ky/policy", "/en/policy.txt"]) {
    const answer = await get(path);
    assert.equal(answer.headers.get("cache-control"), "public, max-age=300");
    const again = await get(path, { "if-none-match": answer.headers.get("etag") ?? "" });
    assert.equal(again.status, 304);
    assert.equal(await again.text(), "");
  }
  assert.match((await get("/ru/forms/enrol")).headers.get("cache-control") ?? "", /^private, no-cache$/);
});

test("whoever has sent nothing is not told that it was taken in, but led to the form", async () => {
  const answer = await get("/ru/forms/enrol/received");
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/ru/forms/enrol");
});

for (const path of ["/de/policy", "/ru/policy/", "/ru/forms/unknown", "/ru/forms/constructor", "/ky/forms/unknown/received", "/ru/%E0%A4%A"]) {
  test(`${path} is no page of ours, and says so in the reader's language`, async () => {
    const answer = await get(path, { "accept-language": "ky" });
    assert.equal(answer.status, 404);
    assert.match(words(await answer.text()), path.startsWith("/ru/") ? /Такой страницы нет/ : /Мындай барак жок/);
  });
}
