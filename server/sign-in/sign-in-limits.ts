import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const minute = 60;

/**
 * How often codes may be asked for: 3 in a quarter of an hour and 12 a day for one address, 60 a minute altogether.
 * With five attempts for each code that leaves 60 guesses a day against a million codes. Addresses are counted by
 * their keyed digest and whether or not anybody has them, so that a limit tells nothing about who is known.
 */
export class SignInLimits {
  readonly #all = new RateLimiterMemory({ points: 60, duration: minute });
  readonly #often = new RateLimiterMemory({ points: 3, duration: 15 * minute });
  readonly #daily = new RateLimiterMemory({ points: 12, duration: 24 * 60 * minute });

  /** Counts one more code for this address; returns the seconds to wait if that is too many. */
  async count(addressDigest: Buffer): Promise<number | undefined> {
    const key = addressDigest.toString("base64url");
    return (await spend(this.#all, "all")) ?? (await spend(this.#often, key)) ?? (await spend(this.#daily, key));
  }
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000);
    throw refusal;
  }
}
