/** The number of a clause as the text gives it, without the closing dot: `8`, `8.2`, `11.6.1`. */
export type ClauseId = `${number}` | `${number}.${number}.${number}`;

/** How deep a clause lies: 1 for `8`, 2 for `8.2`, 3 for `11.6.1`. */
export type ClauseDepth = 1 | 2 | 3;

/** The k-th own paragraph of a clause, its sub-clauses left out: `16-2`, `8.2-1`; the anchor on the page. */
export type ParagraphId = `${ClauseId}-${number}`;

export function isClauseId(value: string): value is ClauseId {
  return /^[1-9]\d*(\.[1-9]\d*){0,2}$/.test(value);
}

export function depthOf(id: ClauseId): ClauseDepth {
  const dots = id.split(".").length - 1;
  return dots === 0 ? 1 : dots === 1 ? 2 : 3;
}

/** Whether `ancestor` is `id` itself or a clause that contains it: `11` and `11.6` contain `11.6.1`. */
export function isWithin(id: ClauseId, ancestor: string): boolean {
  return id === ancestor || id.startsWith(`${ancestor}.`);
}

/** The numbers that may follow a clause: its first sub-clause, its next sibling, or the next further up. */
export function nextNumbers(last: ClauseId | undefined): readonly string[] {
  if (last === undefined) return ["1"];
  const path = last.split(".").map(Number);
  const siblings = path.map((part, index) => [...path.slice(0, index), part + 1].join("."));
  return depthOf(last) === 3 ? siblings.reverse() : [`${last}.1`, ...siblings.reverse()];
}
