/** What is wrong with a field, in the closed list that every page has words for. */
export type FieldReason = "missing" | "too-long" | "not-a-phone" | "not-an-email" | "not-a-name" | "undeclared";

export type FieldReading =
  | { readonly kind: "read"; readonly value: string }
  | { readonly kind: "fault"; readonly reason: FieldReason };

export function fault(reason: FieldReason): FieldReading {
  return { kind: "fault", reason };
}

/** Takes off what a copy brings along at both ends: spaces, line ends, marks that nobody sees. */
export function trimTyped(typed: string): string {
  return typed.replace(/^[\s\p{Cf}]+/u, "").replace(/[\s\p{Cf}]+$/u, "");
}

/** Counted as a reader counts, not in UTF-16 units. */
export function isLonger(text: string, limit: number): boolean {
  // No character takes more than two units: a megabyte need not be taken apart to be found too long.
  return text.length > 2 * limit || [...text].length > limit;
}
