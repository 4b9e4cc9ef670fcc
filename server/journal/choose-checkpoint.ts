/** A checkpoint that was shown to witnesses, with what came of it. */
export interface CosignedCheckpoint {
  readonly size: number;
  /** Signed by the log alone. */
  readonly note: string;
  readonly shownAt: Temporal.Instant;
  /** The verified signature lines of witnesses, one of each. */
  readonly lines: readonly string[];
}

/** How far what everybody is shown may stay behind, so that it keeps the word of a witness that does not answer now. */
const longestDelay = { minutes: 10 };

/**
 * Which checkpoint everybody is to be shown: of those of the last ten minutes, and the last one before, the one that most
 * witnesses have cosigned, and of these the newest. So whoever asks for a witness's word finds it, though newer entries
 * come every second; and a witness that has gone holds up nothing for longer than that.
 */
export function chooseCheckpoint(
  shown: readonly CosignedCheckpoint[],
  now: Temporal.Instant,
): CosignedCheckpoint | undefined {
  const since = now.subtract(longestDelay);
  const newestFirst = shown.toSorted((a, b) => b.size - a.size);
  const isOld = ({ shownAt }: CosignedCheckpoint) => Temporal.Instant.compare(shownAt, since) < 0;
  const firstOld = newestFirst.findIndex(isOld);
  return mostCosigned(firstOld === -1 ? newestFirst : newestFirst.slice(0, firstOld + 1));
}

/** The one with most cosignatures, and of these the newest; undefined of none. */
export function mostCosigned(shown: readonly CosignedCheckpoint[]): CosignedCheckpoint | undefined {
  return shown.toSorted((a, b) => b.lines.length - a.lines.length || b.size - a.size)[0];
}

/** The note with its cosignatures. */
export function cosignedNote({ note, lines }: CosignedCheckpoint): string {
  return note + lines.join("");
}
