import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { SignInLimits } from "../../sign-in/sign-in-limits.ts";
import { codeRoutes } from "./code.tsx";
import { consentsRoutes } from "./consents.tsx";
import { deleteRoutes } from "./delete.tsx";
import { farewellRoutes } from "./farewell.tsx";
import { historyRoutes } from "./history.tsx";
import { myDataRoutes } from "./my-data.tsx";
import { receiptsRoutes } from "./receipts.tsx";
import { requestsRoutes } from "./requests.tsx";
import { shownTextRoutes } from "./shown-text.tsx";
import { signInRoutes } from "./sign-in.tsx";
import { cabinet, keepPrivate } from "./visit.ts";
import { withdrawAllRoutes } from "./withdraw-all.tsx";

/** The personal cabinet: every page of it under `/cabinet` in each language. */
export function cabinetRoutes(ctx: Context): Hono {
  return new Hono()
    .use(`${cabinet}/*`, keepPrivate)
    .route("/", signInRoutes(ctx, new SignInLimits()))
    .route("/", codeRoutes(ctx))
    .route("/", myDataRoutes(ctx))
    .route("/", consentsRoutes(ctx))
    .route("/", withdrawAllRoutes(ctx))
    .route("/", shownTextRoutes(ctx))
    .route("/", historyRoutes(ctx))
    .route("/", requestsRoutes(ctx))
    .route("/", receiptsRoutes(ctx))
    .route("/", deleteRoutes(ctx))
    .route("/", farewellRoutes(ctx));
}
