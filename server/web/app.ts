import { Hono } from "hono";
import { sql } from "kysely";
import type { Context } from "../context.ts";
import { codeOf } from "../observe/events.ts";
import { assetRoutes } from "./assets.ts";
import { cabinetRoutes } from "./cabinet/routes.ts";
import { consoleRoutes } from "./console/routes.ts";
import { errorPage } from "./public/error-page.tsx";
import { publicRoutes } from "./public/routes.ts";
import { sameOrigin } from "./same-origin.ts";
import { securityHeaders } from "./security-headers.ts";

/** All of the web as one function from a request to an answer; tests call it without a socket. */
export function createApp(ctx: Context): Hono {
  const app = new Hono();
  app.use(securityHeaders({ https: ctx.config.https }));
  app.use(sameOrigin(ctx));
  app.get("/readyz", async (c) => {
    await sql`select 1`.execute(ctx.db);
    return c.text("ready\n");
  });
  app.route("/", assetRoutes());
  app.route("/", cabinetRoutes(ctx));
  app.route("/", consoleRoutes(ctx));
  app.route("/", publicRoutes(ctx));
  app.notFound((c) => errorPage(ctx, c, 404));
  app.onError((error, c) => {
    ctx.events.requestFailed(c.req.routePath, codeOf(error));
    return errorPage(ctx, c, 500);
  });
  return app;
}
