import { Hono } from "hono";
import { sql } from "kysely";
import type { Context } from "../context.ts";
import { codeOf } from "../observe/events.ts";
import { languages } from "../language/language.ts";
import { assetRoutes } from "./assets.ts";
import { cabinetRoutes } from "./cabinet/routes.ts";
import { consoleRoutes } from "./console/routes.ts";
import { errorPage } from "./public/error-page.tsx";
import { frontRoutes } from "./public/front-page.tsx";
import { ledgerRoutes } from "./public/ledger-files.ts";
import { publicRoutes } from "./public/routes.ts";
import { sameOrigin } from "./same-origin.ts";

/** All of the web but its security headers, as one function from a request to an answer; tests call it without a socket. */
export function createApp(ctx: Context): Hono {
  const app = new Hono();
  app.use(sameOrigin(ctx));
  app.get("/readyz", async (c) => {
    await sql`select 1`.execute(ctx.db);
    return c.text("ready\n");
  });
  app.route("/", assetRoutes());
  app.route("/", ledgerRoutes(ctx));
  app.route("/", frontRoutes(ctx));
  // The pages once more for each language: with the language as a parameter Hono would fall back on its slower router.
  const pages = new Hono().route("/", cabinetRoutes(ctx)).route("/", consoleRoutes(ctx)).route("/", publicRoutes(ctx));
  for (const language of languages) app.route(`/${language}`, pages);
  app.notFound((c) => errorPage(ctx, c, 404));
  app.onError((error, c) => {
    ctx.events.requestFailed(c.req.routePath, codeOf(error));
    return errorPage(ctx, c, 500);
  });
  return app;
}
