import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createTestContext } from "../../test-kit/context.ts";
import { extendLedger } from "./extend-ledger.ts";
import { requireClock } from "./require-clock.ts";

test("a clock that was set back is told with both times, and nothing is signed until it is right or its owner says that it is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ubada-clock-"));
  await using kit = await createTestContext({ environment: { UBADA_DATA: folder } });
  const { ctx } = kit;
  await requireClock(ctx);
  await extendLedger(ctx);
  const signed = await ctx.db.selectFrom("ledger.checkpoint").select(["note", "signed_at"]).executeTakeFirstOrThrow();
  kit.advance({ minutes: -5 });
  await requireClock(ctx);
  kit.advance({ seconds: -1 });
  const refusal = { code: "clock-set-back", message: /says 2026-11-23T02:54:59Z, .* signed at 2026-11-23T03:00:00Z.*CLOCK_WAS_AHEAD=yes/ };
  await assert.rejects(requireClock(ctx), refusal);
  await assert.rejects(extendLedger(ctx), refusal);
  const still = await ctx.db.selectFrom("ledger.checkpoint").select(["note", "signed_at"]).executeTakeFirstOrThrow();
  assert.equal(still.note, signed.note);

  await extendLedger({ ...ctx, config: { ...ctx.config, clockWasAhead: true } });
  await rm(folder, { recursive: true });
});
