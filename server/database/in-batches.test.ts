import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { inBatches } from "./in-batches.ts";

/** Takes runs under way to their end one by one, in the order wanted. */
function openRuns(most: number) {
  const runs: { readonly inputs: readonly number[]; readonly end: () => void }[] = [];
  const ask = inBatches(async (inputs: readonly number[]) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    runs.push({ inputs, end: resolve });
    await promise;
    return inputs.map((input) => input * 10);
  }, most);
  const inputs = () => runs.map((run) => run.inputs);
  return { ask, runs, inputs };
}

test("whoever comes first waits for nobody, and a second run begins only when it serves as many", async () => {
  const { ask, runs, inputs } = openRuns(3);
  const answers = [1, 2].map(ask);
  assert.deepEqual(inputs(), [[1], [2]]);
  answers.push(...[3, 4, 5, 6].map(ask));
  assert.deepEqual(inputs(), [[1], [2]], "a third run went beside the two");
  runs[0]?.end();
  await turn();
  assert.deepEqual(inputs(), [[1], [2], [3, 4, 5]]);
  runs[1]?.end();
  await turn();
  assert.deepEqual(inputs(), [[1], [2], [3, 4, 5]], "one alone went beside three");
  answers.push(...[7, 8].map(ask));
  assert.deepEqual(inputs(), [[1], [2], [3, 4, 5], [6, 7, 8]]);
  for (const { end } of runs) end();
  assert.deepEqual(await Promise.all(answers), [10, 20, 30, 40, 50, 60, 70, 80]);
});

test("nobody is left waiting when the runs under way end, however few wait", async () => {
  const { ask, runs, inputs } = openRuns(2);
  const answers = [1, 2, 3, 4, 5].map(ask);
  for (let ended = 0; ended < runs.length; ended += 1) {
    runs[ended]?.end();
    await turn();
  }
  assert.deepEqual(await Promise.all(answers), [10, 20, 30, 40, 50]);
  assert.deepEqual(inputs(), [[1], [2], [3, 4], [5]]);
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
