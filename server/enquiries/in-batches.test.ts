import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { inBatches } from "./in-batches.ts";

test("the first call runs at once and alone; those that come meanwhile share the next run", async () => {
  const runs: number[][] = [];
  const ask = inBatches(
    async (inputs: readonly number[]) => {
      runs.push([...inputs]);
      await turn();
      return inputs.map((input) => input * 10);
    },
    3,
  );
  const answers = await Promise.all([1, 2, 3, 4, 5].map(ask));
  assert.deepEqual(answers, [10, 20, 30, 40, 50]);
  assert.deepEqual(runs, [[1], [2, 3, 4], [5]]);
});

test("there is never more than one run at a time", async () => {
  let going = 0;
  const ask = inBatches(async (inputs: readonly number[]) => {
    assert.equal(++going, 1);
    await turn();
    going -= 1;
    return inputs;
  }, 2);
  await Promise.all(Array.from({ length: 9 }, (_, index) => ask(index)));
});

test("one that fails does not fail the others of its run, and the next calls go on", async () => {
  const ask = inBatches(
    async (inputs: readonly number[]) => {
      await turn();
      if (inputs.includes(3)) throw new Error(`a run of ${inputs.length} failed`);
      return inputs;
    },
    10,
  );
  const settled = await Promise.allSettled([1, 2, 3, 4].map(ask));
  assert.deepEqual(
    settled.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason))),
    [1, 2, "Error: a run of 1 failed", 4],
  );
  assert.equal(await ask(5), 5);
});

test("a run that forgets a result fails the call, and leaves nobody waiting", async () => {
  const ask = inBatches(async (): Promise<number[]> => [], 10);
  await assert.rejects(ask(1), /fewer results/);
});
