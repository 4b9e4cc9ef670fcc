import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lernaKg } from "../../policies/lerna-kg/policy.ts";
import { operations, transfers } from "../language/operations.ts";
import { consentEventKinds } from "./consent-state.ts";
import { decideListed, decideUse, type UseFacts } from "./decide-use.ts";

const call = { purpose: "8.2", operation: "use", categories: ["phone"] };
const active: UseFacts = { subject: "active", consent: "given", owed: false };
const reasonOf = (request: typeof call, facts: UseFacts) => {
  const decision = decideUse(lernaKg, request, facts);
  return decision.kind === "refused" ? `${decision.reason} (${decision.clause})` : decision.kind;
};

test("a listed use of an active person's data under a living consent is allowed, with its basis and clause", () => {
  assert.deepEqual(decideUse(lernaKg, call, active), { kind: "allowed", basis: "contract", clause: "8.2" });
  const mailing = { purpose: "8.8", operation: "use", categories: ["email"] };
  assert.deepEqual(decideUse(lernaKg, mailing, active), { kind: "allowed", basis: "consent", clause: "8.8" });
});

for (const [what, request, facts, reason] of [
  ["an unknown purpose", { ...call, purpose: "8.11" }, active, "unknown-purpose (10.2)"],
  ["a purpose named like a part of every object", { ...call, purpose: "toString" }, active, "unknown-purpose (10.2)"],
  ["a category that the purpose does not list", { ...call, categories: ["phone", "userId"] }, active, "category-not-listed (10.5)"],
  ["an operation that the purpose does not list", { ...call, operation: "provision" }, active, "operation-not-listed (10.3)"],
  ["a person nobody knows", call, { ...active, subject: "unknown" }, "unknown-subject (3)"],
  ["a person who was erased", call, { ...active, subject: "erased" }, "erased (17)"],
  ["a person who was stopped", call, { ...active, subject: "stopped" }, "stopped (17)"],
  ["a withdrawn consent", call, { ...active, consent: "withdrawn" }, "no-consent (6)"],
  ["a consent nobody asked for", call, { ...active, consent: "never-asked" }, "no-consent (6)"],
  ["a duty towards nobody", { purpose: "17", operation: "use", categories: ["email"] }, active, "not-owed (17)"],
] as const) {
  test(`${what} closes the gate, with the clause it rests on`, () => {
    assert.equal(reasonOf({ ...request, categories: [...request.categories] }, facts), reason);
  });
}

test("a stopped person is still owed what clause 17 promises, and nothing else", () => {
  const owed: UseFacts = { subject: "stopped", consent: "withdrawn", owed: true };
  const tell = { purpose: "17", operation: "use", categories: ["email"] };
  assert.deepEqual(decideUse(lernaKg, tell, owed), { kind: "allowed", basis: "duty", clause: "17" });
  assert.equal(reasonOf(call, owed), "stopped (17)");
});

test("whatever is asked and whatever is known, what is allowed is listed, and no purpose outlives its consent", () => {
  const grounds = { ...lernaKg.purposes, ...lernaKg.duties };
  const requests = fc.record({
    purpose: fc.constantFrom(...Object.keys(grounds), "9", ""),
    operation: fc.constantFrom(...operations, ...transfers, "sale"),
    categories: fc.subarray([...Object.keys(lernaKg.categories), "comment"]),
  });
  const known = fc.record({
    subject: fc.constantFrom("active", "stopped", "erased", "unknown"),
    consent: fc.constantFrom(...consentEventKinds, "never-asked"),
    owed: fc.boolean(),
  });
  fc.assert(
    fc.property(requests, known, (request, facts) => {
      const decision = decideUse(lernaKg, request, facts);
      if (decision.kind === "refused") return;
      const listed = decideListed(lernaKg, request);
      assert.ok(listed.kind === "allowed" && listed.clause === decision.clause);
      assert.ok(facts.subject === "active" || (facts.subject === "stopped" && decision.basis === "duty"));
      assert.ok(decision.basis === "duty" ? facts.owed : facts.consent === "given");
    }),
    { numRuns: 2_000 },
  );
});
