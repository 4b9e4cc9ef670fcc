import { inBatches } from "../database/in-batches.ts";
import type { Answer, Ask } from "./open-in-one-trip.ts";

/** Eight at a time cost PostgreSQL a quarter of what they cost one by one (migration 007); more gain little. */
const asksPerTrip = 8;

/** The two ways of opening; both journal what they answer, and it is durable when they return. */
export interface Ways {
  /** Answers undefined, without a journal row, for a subject whose stop is under way. Does all or nothing. */
  readonly together: (asks: readonly Ask[]) => Promise<readonly (Answer | undefined)[]>;
  /** Waits for a stop that is under way. */
  readonly alone: (ask: Ask) => Promise<Answer>;
}

/**
 * Lets asks that come while others are under way share a trip (`inBatches`). Whoever would make the others wait, and
 * whoever was in a trip that failed, is opened alone and outside this line, so that nobody waits or fails for another.
 */
export function openTogether({ together, alone }: Ways): (ask: Ask) => Promise<Answer> {
  const share = inBatches(async (asks: readonly Ask[]) => {
    const answers = await together(asks).catch(() => []);
    return asks.map((_, index) => ({ answer: answers[index] }));
  }, asksPerTrip);
  return async (ask) => (await share(ask)).answer ?? alone(ask);
}
