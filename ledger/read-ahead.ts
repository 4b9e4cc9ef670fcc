/** How many are asked for before the first of them is used. */
const ahead = 8;

/** `read(0)`, `read(1)` … `read(count - 1)` in their order, a few of them under way at a time. */
export async function* readAhead<T>(count: number, read: (index: number) => Promise<T>): AsyncGenerator<T, void> {
  const underWay: Promise<T>[] = [];
  let asked = 0;
  for (let next = 0; next < count; next++) {
    for (; asked < Math.min(count, next + ahead); asked++) {
      const reading = read(asked);
      // A failure is thrown when its turn comes, and not at all when an earlier one has ended everything.
      reading.catch(() => undefined);
      underWay.push(reading);
    }
    const first = underWay.shift();
    if (first !== undefined) yield await first;
  }
}
