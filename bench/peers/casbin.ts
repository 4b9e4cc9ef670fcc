import type { Grounds } from "../../policy/language/grounds.ts";
import type { Load } from "./install-peers.ts";
import type { AnswerAll, Peer } from "./peer.ts";

/** The part of `casbin` that is used here. */
interface Casbin {
  newModelFromString(text: string): object;
  newSyncedEnforcer(model: object): Promise<{
    addFunction(name: string, isTrue: (listed: string, asked: never) => boolean): Promise<void>;
    addPolicies(rules: readonly (readonly string[])[]): Promise<boolean>;
    enforceSync(...question: readonly unknown[]): boolean;
  }>;
}

// The purpose is compared first: a rule about another one costs no more than that.
const model = `
[request_definition]
r = purpose, operation, categories, subject, consent, owed

[policy_definition]
p = purpose, basis, operations, categories

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.purpose == p.purpose && \
(p.basis == 'duty' ? r.owed && (r.subject == 'active' || r.subject == 'stopped') \
: r.subject == 'active' && r.consent == 'given') && \
lists(p.operations, r.operation) && listsAll(p.categories, r.categories)
`;

/**
 * Casbin, asked in its quickest way: the model and the rules in memory, the matcher compiled once, `enforceSync`, and
 * one rule for each purpose or duty instead of one for each triple, because it tries the rules one after the other. Its
 * `CachedEnforcer` remembers answers to questions in the same words and decides nothing, so it is not compared; it gave
 * 0.7 to 1 million remembered answers a second.
 *
 * It names the rule that matched (`enforceExSync`), and so the clause of a grant. Of a refusal it names nothing.
 */
export function casbinPeer(load: Load): Peer {
  const casbin = load("casbin") as Casbin;
  const { version } = load("casbin/package.json") as { readonly version: string };
  return {
    name: `Casbin (npm, ${version})`,
    async prepare(policy, questions): Promise<AnswerAll> {
      const enforcer = await casbin.newSyncedEnforcer(casbin.newModelFromString(model));
      const setOf = rememberSets();
      await enforcer.addFunction("lists", (listed, asked: string) => setOf(listed).has(asked));
      await enforcer.addFunction("listsAll", (listed, asked: readonly string[]) => {
        const set = setOf(listed);
        return asked.every((one) => set.has(one));
      });
      await enforcer.addPolicies(writeRules(policy));
      const asked = questions.map(({ request, facts }) => [
        ...[request.purpose, request.operation, request.categories],
        ...[facts.subject, facts.consent, facts.owed],
      ]);
      return () => asked.map((question) => enforcer.enforceSync(...question));
    },
  };
}

function writeRules({ purposes, duties }: Grounds): readonly (readonly string[])[] {
  const write = (list: readonly string[]) => list.join(" ");
  return [
    ...Object.entries(purposes).map(([id, it]) => [id, it.basis, write(it.operations), write(it.categories)]),
    ...Object.entries(duties).map(([id, it]) => [id, "duty", write(it.operations), write(it.categories)]),
  ];
}

/** A rule of Casbin's is made of strings; each list is split once. */
function rememberSets(): (list: string) => ReadonlySet<string> {
  const sets = new Map<string, ReadonlySet<string>>();
  return (list) => {
    const known = sets.get(list) ?? new Set(list.split(" "));
    sets.set(list, known);
    return known;
  };
}
