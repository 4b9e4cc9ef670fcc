import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { assetRoutes, favicon, stylesheet } from "./assets.ts";

const routes = assetRoutes();

test("the style sheet is kept for ever under an address made of its content", async () => {
  assert.match(stylesheet.href, /^\/assets\/ubada\.[0-9a-f]{12}\.css$/);
  const answer = await routes.request(stylesheet.href);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "text/css; charset=utf-8");
  assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.match(await answer.text(), /:focus-visible/);
});

test("the icon is an image", async () => {
  const answer = await routes.request(favicon.href);
  assert.equal(answer.headers.get("content-type"), "image/svg+xml");
  assert.match(await answer.text(), /^<svg /);
});

test("an address of another content, or outside the folder, is not found", async () => {
  for (const path of ["/assets/ubada.000000000000.css", "/assets/ubada.css", "/assets/..%2fassets.ts"]) {
    assert.equal((await routes.request(path)).status, 404, path);
  }
});

test("a compressed answer unpacks to the plain one", async () => {
  const plain = await (await routes.request(stylesheet.href)).text();
  const ask = async (encoding: string) => {
    const answer = await routes.request(stylesheet.href, { headers: { "accept-encoding": encoding } });
    const body = Buffer.from(await answer.arrayBuffer());
    return { encoding: answer.headers.get("content-encoding"), body };
  };
  const brotli = await ask("gzip, deflate, br");
  const gzip = await ask("gzip, deflate");
  assert.deepEqual([brotli.encoding, gzip.encoding], ["br", "gzip"]);
  assert.equal(brotliDecompressSync(brotli.body).toString(), plain);
  assert.equal(gunzipSync(gzip.body).toString(), plain);
  assert.ok(gzip.body.length < 14_000, "fits the first round trip of a slow line");
});

test("the style sheet fetches nothing from anywhere", async () => {
  const sheet = await (await routes.request(stylesheet.href)).text();
  assert.doesNotMatch(sheet, /url\(|@import|https?:/);
});
