interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets calls that come while others are under way share the next run: nobody waits for company, and under load one
 * run serves many. `run` gets at least one input and gives one result for each, in order; it must do all or nothing.
 * When a run of several fails, each of them is tried alone, so that one does not fail for another.
 */
export function inBatches<In, Out>(
  run: (inputs: readonly In[]) => Promise<readonly Out[]>,
  limits: { readonly runsAtOnce: number; readonly inputsPerRun: number },
): (input: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let running = 0;

  const startRuns = (): void => {
    while (running < limits.runsAtOnce && waiting.length > 0) {
      running += 1;
      void settle(run, waiting.splice(0, limits.inputsPerRun)).finally(() => {
        running -= 1;
        startRuns();
      });
    }
  };
  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      startRuns();
    });
}

/** Settles every call of a batch; never rejects itself. */
async function settle<In, Out>(
  run: (inputs: readonly In[]) => Promise<readonly Out[]>,
  batch: readonly Waiting<In, Out>[],
): Promise<void> {
  try {
    const results = await run(batch.map(({ input }) => input));
    for (const [index, { resolve, reject }] of batch.entries()) {
      const result = results[index];
      if (result === undefined) reject(new Error("a run gave fewer results than it was given inputs"));
      else resolve(result);
    }
  } catch (error) {
    const [first, ...others] = batch;
    if (others.length === 0) first?.reject(error);
    else for (const one of batch) await settle(run, [one]);
  }
}
