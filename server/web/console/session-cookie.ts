import type { Context as Request } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Context } from "../../context.ts";
import { consoleSessionHours } from "../../staff/console-session.ts";

const name = "ubada-console";

/** The browser keeps it as long as the server does. */
export function giveSessionCookie(ctx: Context, c: Request, secret: string): void {
  setCookie(c, name, secret, { ...optionsOf(ctx), maxAge: consoleSessionHours * 3600 });
}

export function readSessionCookie(ctx: Context, c: Request): string | undefined {
  return ctx.config.https ? getCookie(c, name, "host") : getCookie(c, name);
}

export function dropSessionCookie(ctx: Context, c: Request): void {
  deleteCookie(c, name, optionsOf(ctx));
}

/** Strict: no link on another site reaches a page that shows somebody's data. Over https bound to this host alone. */
function optionsOf(ctx: Context) {
  const options = { httpOnly: true, sameSite: "Strict", path: "/" } as const;
  return ctx.config.https ? ({ ...options, secure: true, prefix: "host" } as const) : options;
}
