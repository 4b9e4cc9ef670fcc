interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets calls that come while another is under way share the next run: nobody waits for company, and under load one
 * run serves many. `run` gets from one to `most` inputs and gives one result for each, in order; it must do all or
 * nothing. When a run of several fails, each of them is tried alone, so that one does not fail for another.
 */
export function inBatches<In, Out>(
  run: (inputs: readonly In[]) => Promise<readonly Out[]>,
  most: number,
): (input: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let running = false;

  const runWaiting = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (waiting.length > 0) await settle(run, waiting.splice(0, most));
    running = false;
  };
  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      void runWaiting();
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
