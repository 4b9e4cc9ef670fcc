import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";
import type { Context } from "../context.ts";
import { errorPage } from "./public/error-page.tsx";

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * Lets nothing be changed from another site's page: our forms are not embeddable, and somebody else's page must not
 * press our buttons with a person's cookie (CSRF). Every unsafe request must show that a page of ours sent it.
 */
export function sameOrigin(ctx: Context): MiddlewareHandler {
  return async (c, next) => {
    if (safeMethods.includes(c.req.method)) return next();
    const sent = {
      origin: c.req.header("origin"),
      fetchSite: c.req.header("sec-fetch-site"),
      referer: c.req.header("referer"),
      host: c.req.header("host") ?? new URL(c.req.url).host,
    };
    return isOurs(ctx.config.origin, sent) ? next() : errorPage(ctx, c, 403);
  };
}

/** What a browser says about the page that sent the form, and the host it believes to talk to. */
export interface SenderHeaders {
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly referer: string | undefined;
  readonly host: string;
}

/**
 * Whether a page of ours sent it. Browsers of today send Sec-Fetch-Site, and Origin with every POST since 2020; an
 * older one is believed by its Referer, which `securityHeaders` keeps for our own pages. Nothing of the three: no.
 * `Origin: null` is what a sandboxed frame sends, so it proves nothing by itself.
 */
export function isOurs(ownOrigin: string, sent: SenderHeaders): boolean {
  if (sent.fetchSite !== undefined && sent.fetchSite !== "same-origin" && sent.fetchSite !== "none") return false;
  if (sent.origin !== undefined && sent.origin !== "null") return isOwnAddress(ownOrigin, sent.origin, sent.host);
  if (sent.fetchSite === "same-origin") return true;
  if (sent.origin === "null") return false;
  const referer = sent.referer === undefined ? null : URL.parse(sent.referer);
  return referer !== null && isOwnAddress(ownOrigin, referer.origin, sent.host);
}

/**
 * The public address, or, on a machine that has none, the address in the browser's bar: `localhost` and `127.0.0.1`
 * are one place. Only a number or `localhost` counts there: any other name could be made to point at this machine
 * by its owner (DNS rebinding).
 */
function isOwnAddress(ownOrigin: string, origin: string, host: string): boolean {
  if (origin === ownOrigin) return true;
  const [own, theirs] = [URL.parse(ownOrigin), URL.parse(origin)];
  if (!own || !theirs || !isBare(own.hostname)) return false;
  return theirs.protocol === own.protocol && theirs.host === host.toLowerCase() && isBare(theirs.hostname);
}

/** An address that nobody registered: a number, or this machine's own name. */
function isBare(hostname: string): boolean {
  return hostname === "localhost" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}
