import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { publishedReader } from "../../journal/ledger-reader.ts";

/**
 * The ledger for anybody (C2SP tlog-tiles): `/ledger/checkpoint`, `/ledger/tile/…`, and the key by which checkpoints are
 * verified. Holds no personal data. Tiles never change under their name; a checkpoint is asked for anew each time.
 */
export function ledgerRoutes(ctx: Context): Hono {
  const reader = publishedReader(ctx.db);
  return new Hono()
    .get("/ledger/key", (c) => c.text(`${ctx.signer.verifierKey}\n`))
    .get("/ledger/checkpoint", async (c) => {
      const note = await reader.read("checkpoint");
      if (note === undefined) return c.notFound();
      c.header("cache-control", "no-cache");
      return c.text(note.toString("utf8"));
    })
    .get("/ledger/tile/*", async (c) => {
      const tile = await reader.read(c.req.path.slice("/ledger/".length));
      if (tile === undefined) return c.notFound();
      c.header("cache-control", "public, max-age=31536000, immutable");
      return c.body(new Uint8Array(tile), 200, { "content-type": "application/octet-stream" });
    });
}
