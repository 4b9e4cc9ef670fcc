import type { MiddlewareHandler } from "hono";
import type { Context } from "../../context.ts";
import { countOpenEnquiries } from "../../enquiries/list-enquiries.ts";
import { countWaitingLetters } from "../../letters/count-waiting.ts";
import { type RequestsSummary, summariseRequests } from "../../requests/summarise-requests.ts";
import { findConsoleMember, type Member } from "../../staff/console-session.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { languageOf } from "../page-language.ts";
import { mayOpen } from "./sections.ts";
import { readSessionCookie } from "./session-cookie.ts";

/** One request of a member of staff who is signed in, with what waits for somebody, which every page shows. */
export interface Visit {
  readonly language: Language;
  readonly member: Member;
  readonly waiting: {
    readonly enquiries: number;
    readonly requests: RequestsSummary;
    /** Undefined for whoever may not open them. */
    readonly letters: number | undefined;
  };
}

export interface ConsoleEnv {
  Variables: { visit: Visit };
}

/** Lets in whoever is signed in; everybody else is shown the way to sign in. */
export function requireMember(ctx: Context): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const language = languageOf(c);
    const secret = readSessionCookie(ctx, c);
    const member = secret === undefined ? undefined : await findConsoleMember(ctx, secret);
    if (!member) return c.redirect(pathInLanguage(language, "/console/sign-in"), 303);
    c.set("visit", { language, member, waiting: await readWaiting(ctx, member) });
    // Said here too, beside the whole server's headers: what was revealed must not be kept by anything on the way.
    c.header("cache-control", "no-store");
    await next();
  };
}

async function readWaiting(ctx: Context, member: Member): Promise<Visit["waiting"]> {
  const [enquiries, requests, letters] = await Promise.all([
    countOpenEnquiries(ctx),
    summariseRequests(ctx),
    mayOpen(member.role, "letters") ? countWaitingLetters(ctx) : undefined,
  ]);
  return { enquiries, requests, letters };
}
