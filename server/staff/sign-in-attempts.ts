import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** How often a password may be tried; kept in memory, so that a restart forgives. */
export interface SignInAttempts {
  /** Counts a try for this key and for everybody together, before anything is checked. */
  count(key: string): Promise<{ kind: "counted" } | { kind: "too-many"; retryAfter: Temporal.Duration }>;
  /** Forgets the tries of a key that has signed in. */
  forget(key: string): Promise<void>;
}

/**
 * Ten tries per login in a quarter of an hour stop guessing one password; sixty a minute over all logins stop trying
 * one password on many, and bound what the slow hash may cost. Both can keep a member out for as long as somebody
 * attacks: with no address kept of anybody (15) that is the price.
 */
export function createSignInAttempts(limits = { perLogin: 10, perMinute: 60 }): SignInAttempts {
  const byLogin = new RateLimiterMemory({ keyPrefix: "login", points: limits.perLogin, duration: 15 * 60 });
  const together = new RateLimiterMemory({ keyPrefix: "together", points: limits.perMinute, duration: 60 });
  return {
    async count(key) {
      try {
        await together.consume("everybody");
        await byLogin.consume(key);
        return { kind: "counted" };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const seconds = Math.ceil(refusal.msBeforeNext / 1000);
        return { kind: "too-many", retryAfter: Temporal.Duration.from({ seconds }) };
      }
    },
    async forget(key) {
      await byLogin.delete(key);
    },
  };
}
