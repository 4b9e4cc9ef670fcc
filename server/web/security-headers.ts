import type { ServerResponse } from "node:http";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

/**
 * Puts headers on every answer of a server, whoever makes it. The pages have no script, no inline style and nothing
 * from elsewhere, so the policy can forbid all of it: text that slipped past escaping still runs nothing. They are
 * always the same, so they are worked out once and not at every answer: what the application says goes before them.
 * `https`: whether people reach this server by https, so that browsers are told to keep to it.
 */
export async function securityHeaders(options: {
  readonly https: boolean;
}): Promise<(answer: ServerResponse) => void> {
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
  const sample = await new Hono().get("/", setHeaders, (c) => c.body(null)).request("/");
  // Nothing personal stays in a shared browser because a page forgot: what may be kept says so itself.
  const headers = new Map([...sample.headers, ["cache-control", "no-store"]]);
  return (answer) => answer.setHeaders(headers);
}
