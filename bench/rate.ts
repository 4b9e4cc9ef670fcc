/** Does every work over and over, all of them side by side; returns how often one ended per second. */
export async function rate(works: readonly (() => Promise<unknown>)[], forSeconds: number): Promise<number> {
  const started = performance.now();
  const end = started + forSeconds * 1000;
  let done = 0;
  const repeat = async (work: () => Promise<unknown>) => {
    while (performance.now() < end) {
      await work();
      done++;
    }
  };
  await Promise.all(works.map(repeat));
  return (done * 1000) / (performance.now() - started);
}
