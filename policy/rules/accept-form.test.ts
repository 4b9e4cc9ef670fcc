import assert from "node:assert/strict";
import { test } from "node:test";
import { lernaKg } from "../../policies/lerna-kg/policy.ts";
import { acceptForm } from "./accept-form.ts";

const { consultation, enrol } = lernaKg.forms;
const person = ["surname", "firstName", "phone"];

test("a form takes what it lists, and pressing its button gives its own purpose", () => {
  assert.deepEqual(acceptForm(consultation, { categories: person, ticked: [] }), {
    kind: "accepted",
    given: ["8.2"],
    refused: ["8.4", "8.5", "8.8", "8.9"],
  });
});

test("a ticked box gives, an unticked one refuses, in the order in which they were offered", () => {
  assert.deepEqual(acceptForm(enrol, { categories: [...person, "email"], ticked: ["8.9", "8.3"] }), {
    kind: "accepted",
    given: ["8.2", "8.3", "8.9"],
    refused: ["8.4", "8.5", "8.8"],
  });
});

for (const name of ["userId", "letter", "comment", "__proto__", "toString", ""]) {
  test(`a form does not take «${name}», which it does not list`, () => {
    assert.deepEqual(acceptForm(enrol, { categories: [...person, name], ticked: [] }), {
      kind: "refused",
      reason: "category-not-taken",
      name,
      clause: "5",
    });
  });
}

for (const name of ["8.3", "8.2", "8.10", "9", "", "constructor"]) {
  test(`a consent to «${name}», which the consultation form does not offer by a box, is not recorded`, () => {
    assert.deepEqual(acceptForm(consultation, { categories: person, ticked: ["8.4", name] }), {
      kind: "refused",
      reason: "purpose-not-offered",
      name,
      clause: "10.2",
    });
  });
}
