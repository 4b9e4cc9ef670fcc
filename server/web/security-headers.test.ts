import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import { assetRoutes, stylesheet } from "./assets.ts";
import { securityHeaders } from "./security-headers.ts";

function site(https: boolean): Hono {
  const app = new Hono();
  app.use(securityHeaders({ https }));
  app.get("/ru/cabinet", (c) => c.html("<p>личное</p>"));
  app.route("/", assetRoutes());
  return app;
}

test("a page may run no script, load nothing foreign, and be framed by nobody", async () => {
  const { headers } = await site(false).request("/ru/cabinet");
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
  const app = site(false);
  assert.equal((await app.request("/ru/cabinet")).headers.get("cache-control"), "no-store");
  assert.equal((await app.request("/nowhere")).headers.get("cache-control"), "no-store");
  assert.match((await app.request(stylesheet.href)).headers.get("cache-control") ?? "", /immutable/);
});

test("browsers are told to keep to https only where the server is reached by https", async () => {
  const told = async (https: boolean) =>
    (await site(https).request("/ru/cabinet")).headers.get("strict-transport-security");
  assert.equal(await told(false), null);
  assert.match((await told(true)) ?? "", /max-age/);
});
