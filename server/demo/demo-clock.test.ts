import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createDemoClock } from "./demo-clock.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-demo-clock-"));
after(() => rmSync(folder, { recursive: true }));

const start = Temporal.Instant.from("2026-11-23T09:00:00+06:00");

test("a new demo's clock shows the real time, and goes with it", () => {
  let real = start;
  const clock = createDemoClock(join(folder, "new"), () => real);
  assert.equal(clock.now().toString(), start.toString());
  real = start.add({ minutes: 5 });
  assert.equal(clock.now().toString(), real.toString());
  assert.equal(clock.daysAhead, 0);
});

test("moved forward, it stays ahead, and moves add up", async () => {
  const clock = createDemoClock(join(folder, "moved"), () => start);
  await clock.advance(7);
  await clock.advance(30);
  assert.equal(clock.daysAhead, 37);
  assert.equal(clock.now().toString(), start.add({ hours: 37 * 24 }).toString());
});

test("started again, the demo does not fall back in time", async () => {
  const file = join(folder, "again");
  await createDemoClock(file, () => start).advance(30);
  const later = start.add({ hours: 2 });
  const clock = createDemoClock(file, () => later);
  assert.deepEqual([clock.daysAhead, clock.now().toString()], [30, later.add({ hours: 30 * 24 }).toString()]);
});

test("after each move what waits for time to pass is woken, and the move ends only when that is done", async () => {
  const clock = createDemoClock(join(folder, "woken"), () => start);
  const seen: string[] = [];
  clock.onMove(async () => {
    await Promise.resolve();
    seen.push(clock.now().toString());
  });
  await clock.advance(1);
  assert.deepEqual(seen, [start.add({ hours: 24 }).toString()]);
});
