import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chooseCheckpoint, type CosignedCheckpoint } from "./choose-checkpoint.ts";

const start = Temporal.Instant.from("2026-11-24T12:00:00Z");

/** A checkpoint shown so many seconds after the start, cosigned by so many. */
function shown(second: number, cosignatures: number): CosignedCheckpoint {
  const lines = Array.from({ length: cosignatures }, (_, at) => `— w${at} AAAA\n`);
  return { size: second, note: "", shownAt: start.add({ seconds: second }), lines };
}

const choose = (after: number, ...all: readonly CosignedCheckpoint[]) =>
  chooseCheckpoint(all, start.add({ seconds: after }))?.size;

test("the newest that all witnesses have cosigned is chosen over newer ones that wait for theirs", () => {
  assert.equal(choose(31, shown(10, 2), shown(20, 2), shown(30, 1)), 20);
  assert.equal(choose(31, shown(10, 2), shown(20, 2), shown(30, 2)), 30);
  assert.equal(choose(31, shown(10, 0), shown(20, 0)), 20);
  assert.equal(choose(31), undefined);
});

test("a witness that has gone holds up nothing for longer than ten minutes", () => {
  const gone = [shown(10, 2), ...Array.from({ length: 70 }, (_, at) => shown(20 + 10 * at, 1))];
  assert.equal(choose(600, ...gone.filter(({ size }) => size <= 600)), 10);
  assert.equal(choose(621, ...gone.filter(({ size }) => size <= 620)), 620);
});

test("in a quiet log the last that was cosigned stays chosen, however old, until a newer one is cosigned too", () => {
  assert.equal(choose(90_000, shown(10, 2)), 10);
  assert.equal(choose(90_001, shown(10, 2), shown(90_000, 0)), 10);
  assert.equal(choose(90_002, shown(10, 2), shown(90_000, 2)), 90_000);
});

test("while each answer comes before the next checkpoint is shown, the choice never goes back", () => {
  const rounds = fc.array(fc.record({ pause: fc.integer({ min: 10, max: 2000 }), cosignatures: fc.nat(3) }), { minLength: 1 });
  fc.assert(
    fc.property(rounds, (all) => {
      const kept: CosignedCheckpoint[] = [];
      let [second, last] = [0, 0];
      for (const { pause, cosignatures } of all) {
        second += pause;
        for (const count of [0, cosignatures]) {
          const chosen = choose(second, ...kept, shown(second, count)) ?? 0;
          assert.ok(chosen >= last, `${chosen} after ${last}`);
          last = chosen;
        }
        kept.push(shown(second, cosignatures));
      }
    }),
  );
});
