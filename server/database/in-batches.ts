interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets calls that come while another is under way share a run: nobody waits for company, and under load one run serves
 * many. A second run goes beside the first once it would serve as many: so one is prepared while the other is with the
 * database, and neither becomes small. `run` gets from one to `most` inputs and gives one result for each, in order; it
 * must do all or nothing. When a run of several fails, each of them is tried alone, so that one does not fail for
 * another.
 */
export function inBatches<In, Out>(
  run: (inputs: readonly In[]) => Promise<readonly Out[]>,
  most: number,
): (input: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  const running = new Set<readonly Waiting<In, Out>[]>();

  const mayRun = (): boolean => {
    const [first, second] = running;
    if (waiting.length === 0 || second !== undefined) return false;
    return first === undefined || waiting.length >= first.length;
  };
  const runWaiting = async (): Promise<void> => {
    while (mayRun()) {
      const batch = waiting.splice(0, most);
      running.add(batch);
      await settle(run, batch);
      running.delete(batch);
    }
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
