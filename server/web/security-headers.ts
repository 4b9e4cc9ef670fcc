import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/**
 * Headers for every answer of the server. The pages have no script, no inline style and nothing from
 * elsewhere, so the policy can forbid all of it: text that slipped past escaping still runs nothing.
 * `https`: whether people reach this server by https, so that browsers are told to keep to it.
 */
export function securityHeaders(options: { readonly https: boolean }): MiddlewareHandler {
  const setHeaders = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      fontSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    // Same-origin, not no-referrer: the origin check of forms falls back on Referer where Origin is missing.
    referrerPolicy: "same-origin",
    xFrameOptions: "DENY",
    strictTransportSecurity: options.https ? "max-age=31536000; includeSubDomains" : false,
    permissionsPolicy: {
      accelerometer: [],
      camera: [],
      displayCapture: [],
      geolocation: [],
      gyroscope: [],
      magnetometer: [],
      microphone: [],
      payment: [],
      usb: [],
    },
  });
  return async (c, next) => {
    await setHeaders(c, next);
    // Nothing personal stays in a shared browser because a page forgot: what may be kept says so itself.
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
  };
}
