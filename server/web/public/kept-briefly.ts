import type { MiddlewareHandler } from "hono";
import { etag } from "hono/etag";

/** For pages that are the same for everybody: a browser or a cache may keep them for five minutes. */
export function keptBriefly(): MiddlewareHandler {
  const setEtag = etag({ weak: true });
  return async (c, next) => {
    await setEtag(c, next);
    if (c.res.ok || c.res.status === 304) c.res.headers.set("cache-control", "public, max-age=300");
  };
}
