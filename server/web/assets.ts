import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { Hono } from "hono";

/** A file of the look: its address changes with its content, so browsers may keep it for ever. */
type Asset = {
  readonly href: string;
  readonly type: string;
  readonly encodings: { readonly br: Uint8Array<ArrayBuffer>; readonly gzip: Uint8Array<ArrayBuffer> };
  readonly plain: Uint8Array<ArrayBuffer>;
};

// One sheet on the wire, one file per idea in the house; the order is the cascade.
const sheets = [
  "tokens",
  "base",
  "frame",
  "navigation",
  "front",
  "forms",
  "buttons",
  "notices",
  "cards",
  "parts",
  "records",
  "progress",
  "policy-text",
  "console",
  "print",
];

export const stylesheet = asset(
  "ubada.css",
  "text/css; charset=utf-8",
  Buffer.concat(sheets.map((name) => content(`style/${name}.css`))),
);
export const favicon = asset("favicon.svg", "image/svg+xml", content("favicon.svg"));

const byHref = new Map([stylesheet, favicon].map((one) => [one.href, one]));

/** Serves `/assets/<name>.<hash>.<extension>`; mount it at the root: `app.route("/", assetRoutes())`. */
export function assetRoutes(): Hono {
  return new Hono().get("/assets/:name", (c) => {
    const found = byHref.get(c.req.path);
    if (found === undefined) return c.notFound();
    const accepted = c.req.header("accept-encoding") ?? "";
    const encoding = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : undefined;
    c.header("content-type", found.type);
    c.header("cache-control", "public, max-age=31536000, immutable");
    c.header("vary", "accept-encoding");
    if (encoding === undefined) return c.body(found.plain);
    c.header("content-encoding", encoding);
    return c.body(found.encodings[encoding]);
  });
}

function content(path: string): Buffer {
  return readFileSync(new URL(`./assets/${path}`, import.meta.url));
}

function asset(name: string, type: string, bytes: Buffer): Asset {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const dot = name.lastIndexOf(".");
  return {
    href: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`,
    type,
    plain: new Uint8Array(bytes),
    encodings: { br: new Uint8Array(brotliCompressSync(bytes)), gzip: new Uint8Array(gzipSync(bytes)) },
  };
}
