/** The longest limit that is counted, in its own unit; longer ones are a slip of the keyboard. */
const longest = 10_000;

/** A time limit that cannot be counted. */
export class LimitError extends Error {
  override readonly name = "LimitError";
  readonly code = "limit-not-countable";
}

/** Throws LimitError unless `length` is a whole number from 1 to 10,000. */
export function assertCountable(length: number, unit: string): void {
  if (Number.isInteger(length) && length >= 1 && length <= longest) return;
  throw new LimitError(
    `A limit of ${length} ${unit} cannot be counted; give a whole number from 1 to ${longest}.`,
  );
}
