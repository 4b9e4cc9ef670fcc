import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePolicyText } from "./policy-text.ts";
import { sameStructure } from "./same-structure.ts";

const read = (source: string) => parsePolicyText(source, "example.md");
const base = read("# T\n\n1. A\n\n1.1. B\n\n[1] C\n\n2. D\n\n---\n\nCo");

test("texts in different words but of one build have no differences", () => {
  const other = read("# U\n\n1. a\n\n1.1 b\n\n[1] c\n\n2. d\n\n---\n\nCo");
  assert.deepEqual(sameStructure(base, other), []);
});

test("a clause that one language lacks is named, from both sides", () => {
  const shorter = read("# U\n\n1. a\n\n1.1. b\n\n[1] c\n\n---\n\nCo");
  assert.deepEqual(sameStructure(base, shorter), [{ kind: "clause-missing", clause: "2", missingIn: "b" }]);
  assert.deepEqual(sameStructure(shorter, base), [{ kind: "clause-missing", clause: "2", missingIn: "a" }]);
});

test("a paragraph that one language lacks, and a closing line, are counted", () => {
  const other = read("# U\n\n1. a\n\n1.1. b\n\n2. d");
  assert.deepEqual(sameStructure(base, other), [
    { kind: "paragraphs-differ", clause: "1", a: 2, b: 1 },
    { kind: "closing-differs", a: 1, b: 0 },
  ]);
});

test("paragraphs that stand in another order are found although their numbers agree", () => {
  const other = read("# U\n\n1. a\n\nc\n\n1.1. b\n\n2. d\n\n---\n\nCo");
  assert.deepEqual(sameStructure(base, other), [{ kind: "order-differs", a: "1.1-1", b: "1-2" }]);
});
