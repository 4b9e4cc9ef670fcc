/** What a check found. `bad` must be mended, `warning` should be known, `good` is in order. */
export interface Finding {
  readonly level: "good" | "warning" | "bad";
  readonly sentence: string;
}
