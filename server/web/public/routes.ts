import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { languages, pathInLanguage, preferredLanguage } from "../../language/language.ts";
import { confirmRoutes } from "./confirm-page.tsx";
import { formRoutes } from "./form-routes.tsx";
import { frontRoutes } from "./front-page.tsx";
import { policyRoutes } from "./policy-page.tsx";
import { receivedRoutes } from "./received-page.tsx";

/** The pages that anybody may see. */
export function publicRoutes(ctx: Context): Hono {
  const routes = new Hono();
  routes.get("/", (c) => {
    c.header("vary", "accept-language");
    return c.redirect(pathInLanguage(preferredLanguage(c.req.header("accept-language")), "/"), 302);
  });
  for (const language of languages) routes.get(`/${language}`, (c) => c.redirect(pathInLanguage(language, "/"), 301));
  routes.route("/", frontRoutes(ctx));
  routes.route("/", policyRoutes(ctx));
  routes.route("/", formRoutes(ctx));
  routes.route("/", receivedRoutes(ctx));
  routes.route("/", confirmRoutes(ctx));
  return routes;
}
