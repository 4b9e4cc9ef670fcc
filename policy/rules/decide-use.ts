import { findGround, type Grounds } from "../language/grounds.ts";
import type { ConsentState } from "./consent-state.ts";

/** What somebody wants to do with one subject's data. */
export interface UseRequest {
  /** A purpose (`8.2`) or a duty (`16-1`). */
  readonly purpose: string;
  readonly operation: string;
  readonly categories: readonly string[];
}

/** `active`: purposes may live. `stopped`: only duties are left (17). `erased`: nothing is. */
export type SubjectState = "active" | "stopped" | "erased";

/** What is known of the subject at this moment. */
export interface UseFacts {
  readonly subject: SubjectState | "unknown";
  readonly consent: ConsentState;
  /** Whether the person acts themselves, or has a request, an erasure or a sign-in code open that must be served. */
  readonly owed: boolean;
}

export type UseRefusal =
  | "unknown-purpose"
  | "category-not-listed"
  | "operation-not-listed"
  | "unknown-subject"
  | "erased"
  | "stopped"
  | "no-consent"
  | "not-owed";

export type UseDecision =
  | { readonly kind: "allowed"; readonly basis: "consent" | "contract" | "duty"; readonly clause: string }
  | { readonly kind: "refused"; readonly reason: UseRefusal; readonly clause: string };

/**
 * Whether the data may be used: the purpose is one of the closed list (8, 10.2), lists the categories and the
 * operation (10.4, 10.5), the person is not stopped (17), and the consent lives (6). The database function
 * `vault.open_subjects` decides the same again before it gives a key away; a test holds the two together.
 */
export function decideUse(policy: Grounds, request: UseRequest, facts: UseFacts): UseDecision {
  const listed = decideListed(policy, request);
  if (listed.kind === "refused") return listed;
  if (facts.subject === "unknown") return refuse("unknown-subject", "3");
  if (facts.subject === "erased") return refuse("erased", "17");
  if (listed.basis === "duty") return facts.owed ? listed : refuse("not-owed", listed.clause);
  if (facts.subject === "stopped") return refuse("stopped", "17");
  return facts.consent === "given" ? listed : refuse("no-consent", "6");
}

/** The part that needs no facts: whether the policy lists such a use at all. */
export function decideListed(policy: Grounds, request: UseRequest): UseDecision {
  const found = findGround(policy, request.purpose);
  if (!found) return refuse("unknown-purpose", "10.2");
  const { categories, operations, clause } = found.ground;
  if (!request.categories.every((category) => categories.includes(category))) return refuse("category-not-listed", "10.5");
  if (!operations.some((operation) => operation === request.operation)) return refuse("operation-not-listed", "10.3");
  return { kind: "allowed", basis: found.kind === "duty" ? "duty" : found.ground.basis, clause };
}

function refuse(reason: UseRefusal, clause: string): UseDecision {
  return { kind: "refused", reason, clause };
}
