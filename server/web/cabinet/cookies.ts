import type { Context as Request } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Context } from "../../context.ts";

/** `code`: the id of the code asked for; `session`: who is signed in; `farewell`: whose destruction to follow. */
type CabinetCookie = "code" | "session" | "farewell";

const names = { code: "ubada-code", session: "ubada-cabinet", farewell: "ubada-farewell" } as const;

/** `lasts`: how long the browser keeps it; the server has its own limits. */
export function giveCookie(
  ctx: Context,
  c: Request,
  cookie: CabinetCookie,
  value: string,
  lasts: Temporal.DurationLike,
): void {
  const maxAge = Temporal.Duration.from(lasts).total("seconds");
  setCookie(c, names[cookie], value, { ...optionsOf(ctx), maxAge });
}

export function readCookie(ctx: Context, c: Request, cookie: CabinetCookie): string | undefined {
  return ctx.config.https ? getCookie(c, names[cookie], "host") : getCookie(c, names[cookie]);
}

export function dropCookie(ctx: Context, c: Request, cookie: CabinetCookie): void {
  deleteCookie(c, names[cookie], optionsOf(ctx));
}

/** Never readable by a script, and over https bound to this host alone (`__Host-`, RFC 6265bis, 4.1.3.2). */
function optionsOf(ctx: Context) {
  const options = { httpOnly: true, sameSite: "Lax", path: "/" } as const;
  return ctx.config.https ? ({ ...options, secure: true, prefix: "host" } as const) : options;
}
