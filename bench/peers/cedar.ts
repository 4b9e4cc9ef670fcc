import type { Grounds } from "../../policy/language/grounds.ts";
import type { Question } from "../decide-questions.ts";
import type { Load } from "./install-peers.ts";
import type { AnswerAll, Peer } from "./peer.ts";

/** The part of `@cedar-policy/cedar-wasm` that is used here. */
interface Cedar {
  getCedarSDKVersion(): string;
  preparsePolicySet(id: string, policies: { staticPolicies: Record<string, string> }): { readonly type: string };
  statefulIsAuthorized(call: ReturnType<typeof callOf>): {
    readonly type: string;
    readonly response: { readonly decision: "allow" | "deny" };
  };
}

const policySet = "ubada";

/**
 * Cedar, asked in its quickest way: the policies parsed once (`preparsePolicySet`, `statefulIsAuthorized`), scopes that
 * Cedar compares before any condition, no schema, no entities. With the person's state in an entity instead of the
 * context it answered a sixth fewer; most of its time goes on carrying the question into WebAssembly.
 *
 * It names the policies that permitted, and so the clause of a grant. Of a refusal it says no more than that no policy
 * permitted: every reason would need a `forbid` of its own, and those have no order.
 */
export function cedarPeer(load: Load): Peer {
  const cedar = load("@cedar-policy/cedar-wasm/nodejs") as Cedar;
  return {
    name: `Cedar (WASM, ${cedar.getCedarSDKVersion()})`,
    async prepare(policy, questions): Promise<AnswerAll> {
      const parsed = cedar.preparsePolicySet(policySet, { staticPolicies: writePolicies(policy) });
      if (parsed.type !== "success") throw new Error(`Cedar does not take the policies: ${JSON.stringify(parsed)}`);
      const calls = questions.map(callOf);
      return () =>
        calls.map((call) => {
          const answer = cedar.statefulIsAuthorized(call);
          if (answer.type !== "success") throw new Error(`Cedar does not answer: ${JSON.stringify(answer)}`);
          return answer.response.decision === "allow";
        });
    },
  };
}

/** One `permit` for each purpose and each duty, by its name. */
function writePolicies({ purposes, duties }: Grounds): Record<string, string> {
  const lives = 'context.subject == "active" && context.consent == "given"';
  const isOwed = '["active", "stopped"].contains(context.subject) && context.owed';
  return Object.fromEntries([
    ...Object.entries(purposes).map(([id, purpose]) => [id, permit(id, purpose, lives)]),
    ...Object.entries(duties).map(([id, duty]) => [id, permit(id, duty, isOwed)]),
  ]);
}

function permit(
  id: string,
  lists: { readonly operations: readonly string[]; readonly categories: readonly string[] },
  condition: string,
): string {
  const actions = lists.operations.map((operation) => `Action::"${operation}"`).join(", ");
  return `permit (principal, action in [${actions}], resource == Ground::"${id}")
    when { ${condition} && ${JSON.stringify(lists.categories)}.containsAll(context.categories) };`;
}

function callOf({ request, facts }: Question) {
  return {
    principal: { type: "Company", id: "company" },
    action: { type: "Action", id: request.operation },
    resource: { type: "Ground", id: request.purpose },
    context: { ...facts, categories: request.categories },
    preparsedPolicySetId: policySet,
    entities: [],
  };
}
