import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Hono } from "hono";
import { type Listening, listening } from "../../test-kit/listening.ts";
import { assetRoutes, stylesheet } from "./assets.ts";

const app = new Hono().get("/ru/cabinet", (c) => c.html("<p>личное</p>")).route("/", assetRoutes());

let site: Listening;
before(async () => {
  site = await listening(app, { https: false });
});
after(() => site[Symbol.asyncDispose]());

test("a page may run no script, load nothing foreign, and be framed by nobody", async () => {
  const headers = await site.headersOf("/ru/cabinet");
  assert.equal(
    headers.get("content-security-policy"),
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; " +
      "base-uri 'none'; frame-ancestors 'none'",
  );
  assert.equal(headers.get("x-frame-options"), "DENY");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("referrer-policy"), "same-origin");
  assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
  assert.match(headers.get("permissions-policy") ?? "", /camera=\(\), /);
});

test("a page that says nothing about keeping it is kept nowhere", async () => {
  assert.equal((await site.headersOf("/ru/cabinet")).get("cache-control"), "no-store");
  assert.equal((await site.headersOf("/nowhere")).get("cache-control"), "no-store");
  assert.match((await site.headersOf(stylesheet.href)).get("cache-control") ?? "", /^public.*immutable$/);
});

test("browsers are told to keep to https only where the server is reached by https", async () => {
  assert.equal((await site.headersOf("/ru/cabinet")).get("strict-transport-security"), null);
  await using reachedByHttps = await listening(app, { https: true });
  assert.match((await reachedByHttps.headersOf("/ru/cabinet")).get("strict-transport-security") ?? "", /max-age/);
});
