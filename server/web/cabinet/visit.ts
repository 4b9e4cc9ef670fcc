import type { MiddlewareHandler } from "hono";
import { findMyErasure, type MyErasure } from "../../access/my-requests.ts";
import type { Context } from "../../context.ts";
import { findSession } from "../../sign-in/cabinet-session.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { languageOf } from "../page-language.ts";
import { dropCookie, readCookie } from "./cookies.ts";

/** One request of a person who is signed in. */
export interface Visit {
  readonly language: Language;
  readonly subject: string;
  /** The destruction under way, if processing has been stopped: every page says so. */
  readonly erasure: MyErasure | undefined;
}

export interface CabinetEnv {
  Variables: { visit: Visit };
}

/** Every path of the cabinet begins so, after its language. */
export const cabinet = "/cabinet";

/** Lets in whoever is signed in; everybody else is shown the way to sign in. */
export function requireSignIn(ctx: Context): MiddlewareHandler<CabinetEnv> {
  return async (c, next) => {
    const language = languageOf(c);
    const cookie = readCookie(ctx, c, "session");
    const session = cookie === undefined ? undefined : await findSession(ctx, cookie);
    if (!session) {
      if (cookie !== undefined) dropCookie(ctx, c, "session");
      return c.redirect(pathInLanguage(language, "/cabinet/sign-in"), 303);
    }
    const { subject } = session;
    const erasure = session.state === "stopped" ? await findMyErasure(ctx, subject) : undefined;
    c.set("visit", { language, subject, erasure });
    await next();
  };
}

/** What one browser is shown belongs to nobody else, and to no cache on the way. */
export const keepPrivate: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("cache-control", "no-store");
  c.header("vary", "Cookie");
};
