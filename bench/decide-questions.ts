import { findGround, type Grounds } from "../policy/language/grounds.ts";
import { operations, transfers } from "../policy/language/operations.ts";
import { consentEventKinds } from "../policy/rules/consent-state.ts";
import type { UseFacts, UseRequest } from "../policy/rules/decide-use.ts";

/** One question to the gate: what somebody wants, and what is known of the person. */
export interface Question {
  readonly request: UseRequest;
  readonly facts: UseFacts;
}

/**
 * Random questions, always the same for a seed. Most keep to the policy in each respect, so that about half are
 * allowed and the refused ones fail at every step.
 */
export function makeQuestions(policy: Grounds, count: number, seed: number): readonly Question[] {
  const random = mulberry32(seed);
  const isLikely = (chance: number) => random() < chance;
  const pick = <T>(choices: readonly T[]): T => {
    const chosen = choices[Math.floor(random() * choices.length)];
    if (chosen === undefined) throw new Error("nothing to pick from");
    return chosen;
  };
  const grounds = [...Object.keys(policy.purposes), ...Object.keys(policy.duties)];
  const listed = [...Object.values(policy.purposes), ...Object.values(policy.duties)].flatMap((it) => it.categories);
  const categories = [...new Set(listed), "comment"];
  return Array.from({ length: count }, () => {
    const purpose = isLikely(0.97) ? pick(grounds) : "9";
    const ground = findGround(policy, purpose)?.ground;
    const operation = pick(ground && isLikely(0.85) ? ground.operations : [...operations, ...transfers]);
    const among = ground && isLikely(0.85) ? ground.categories : categories;
    return {
      request: { purpose, operation, categories: among.filter(() => isLikely(0.6)) },
      facts: {
        subject: isLikely(0.85) ? "active" : pick(["stopped", "erased", "unknown"] as const),
        consent: isLikely(0.8) ? "given" : pick([...consentEventKinds, "never-asked"] as const),
        owed: isLikely(0.7),
      },
    };
  });
}

/** Numbers from 0 up to 1, by Tommy Ettinger's generator: short, and even enough for choosing questions. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
