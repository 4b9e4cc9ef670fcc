import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { confirmRoutes } from "./confirm-page.tsx";
import { formRoutes } from "./form-routes.tsx";
import { policyRoutes } from "./policy-page.tsx";
import { receivedRoutes } from "./received-page.tsx";

/** The pages behind the front page that anybody may see. */
export function publicRoutes(ctx: Context): Hono {
  return new Hono()
    .route("/", policyRoutes(ctx))
    .route("/", formRoutes(ctx))
    .route("/", receivedRoutes(ctx))
    .route("/", confirmRoutes(ctx));
}
