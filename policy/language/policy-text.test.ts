import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PolicyTextError, type PolicyTextErrorCode } from "./policy-text-error.ts";
import { findClause, parsePolicyText } from "./policy-text.ts";
import { printPolicyText } from "./print-policy-text.ts";

const small = `<!--
Remarks for the editor.
-->

# The Policy

1. The first clause.

Its second paragraph.

1.1. A sub-clause.

1.1.1. Deeper.

1.2 Without a dot.

[1] A paragraph of clause 1 after its sub-clauses.

[1] 30 days, and a second one.

2. The last clause.

---

The Company
1 Example Street
`;

test("every paragraph has an address, counted within its own clause", () => {
  const text = parsePolicyText(small, "small.md");
  assert.equal(text.title, "The Policy");
  assert.deepEqual(
    text.blocks.map(({ paragraph, depth, number }) => [paragraph, depth, number]),
    [
      ["1-1", 1, "1."],
      ["1-2", 1, null],
      ["1.1-1", 2, "1.1."],
      ["1.1.1-1", 3, "1.1.1."],
      ["1.2-1", 2, "1.2"],
      ["1-3", 1, null],
      ["1-4", 1, null],
      ["2-1", 1, "2."],
    ],
  );
  assert.deepEqual(text.closing, ["The Company", "1 Example Street"]);
});

test("a clause holds its own paragraphs, those after its sub-clauses included, without the marks", () => {
  const text = parsePolicyText(small, "small.md");
  assert.deepEqual(
    findClause(text, "1")?.paragraphs.map((paragraph) => paragraph.text),
    [
      "The first clause.",
      "Its second paragraph.",
      "A paragraph of clause 1 after its sub-clauses.",
      "30 days, and a second one.",
    ],
  );
  assert.equal(findClause(text, "1.3"), undefined);
});

test("a file saved on Windows, with its line ends and its byte order mark, reads the same", () => {
  const windows = `\uFEFF${small.replaceAll("\n", "\r\n")}`;
  assert.deepEqual(parsePolicyText(windows, "small.md"), parsePolicyText(small, "small.md"));
});

const faults: readonly [string, PolicyTextErrorCode, number, string][] = [
  ["two clauses with one number", "clause-number-repeated", 7, "# T\n\n1. A\n\n2. B\n\n1. C"],
  [
    "two sub-clauses with one number",
    "clause-number-repeated",
    9,
    "# T\n\n1. A\n\n1.1. B\n\n1.2. C\n\n1.1. D",
  ],
  ["a number left out", "clause-number-gap", 7, "# T\n\n1. A\n\n1.1. B\n\n1.3. C"],
  ["a first clause that is not the first", "clause-number-gap", 3, "# T\n\n2. A"],
  ["a sub-clause without its clause", "clause-number-gap", 5, "# T\n\n1. A\n\n2.1. B"],
  ["a number with a leading zero", "clause-number-gap", 5, "# T\n\n1. A\n\n02. B"],
  [
    "a date at the beginning of a paragraph",
    "clause-number-gap",
    5,
    "# T\n\n1. A\n\n05.02.2026 it came into force.",
  ],
  ["a clause four levels deep", "clause-too-deep", 9, "# T\n\n1. A\n\n1.1. B\n\n1.1.1. C\n\n1.1.1.1. D"],
  ["a clause with no words", "clause-empty", 5, "# T\n\n1. A\n\n2."],
  ["a mark with no words", "paragraph-empty", 5, "# T\n\n1. A\n\n[1]"],
  ["text before the first clause", "text-before-first-clause", 3, "# T\n\nPreamble.\n\n1. A"],
  ["no title", "title-missing", 1, "1. A"],
  ["an empty file", "title-missing", 1, ""],
  ["no clauses", "no-clauses", 1, "# T\n"],
  ["a second title", "unknown-mark", 5, "# T\n\n1. A\n\n# U"],
  ["a list mark", "unknown-mark", 5, "# T\n\n1. A\n\n- B"],
  ["a remark inside the text", "unknown-mark", 5, "# T\n\n1. A\n\n<!-- B -->"],
  ["a number that is no clause", "unknown-mark", 5, "# T\n\n1. A\n\n30 days"],
  ["a number without a space after it", "unknown-mark", 5, "# T\n\n1. A\n\n1.1.B"],
  ["a second rule", "unknown-mark", 9, "# T\n\n1. A\n\n---\n\nCo\n\n---"],
  ["a mark that names another clause", "paragraph-out-of-place", 7, "# T\n\n1. A\n\n2. B\n\n[1] C"],
  ["a mark that names no clause", "paragraph-out-of-place", 5, "# T\n\n1. A\n\n[9] C"],
  ["a paragraph broken over two lines", "paragraph-broken", 4, "# T\n\n1. A\nand on"],
  ["remarks that never end", "comment-unclosed", 1, "<!-- A\n\n# T\n\n1. A"],
  ["letters lost to a wrong encoding", "encoding", 3, "# T\n\n1. \uFFFD\uFFFD"],
];

for (const [name, code, line, source] of faults) {
  test(`${name}: refused with the file and the line`, () => {
    assert.throws(
      () => parsePolicyText(source, "policies/example/text.ru.md"),
      (error) => {
        assert.ok(error instanceof PolicyTextError);
        assert.deepEqual([error.code, error.line], [code, line]);
        assert.ok(error.message.startsWith(`policies/example/text.ru.md:${line}: `), error.message);
        return true;
      },
    );
  });
}

const words = fc
  .oneof(
    fc.string({ minLength: 1, unit: "grapheme" }),
    fc.constantFrom(
      "[1] A",
      "1. A",
      "30 days",
      "05.02.2026",
      "---",
      "# A",
      "- A",
      "<!-- A -->",
      "\\A",
      "8.2",
    ),
  )
  .map((text) => text.replace(/[\r\n\uFFFD]/g, " ").trim())
  .filter((text) => text !== "");

/** One step of writing: open a clause (this many levels up, or one deeper), or add a paragraph up there. */
const step = fc.record({
  kind: fc.constantFrom("deeper", "clause", "paragraph"),
  up: fc.nat({ max: 2 }),
  dot: fc.boolean(),
  text: words,
});

const writtenTexts = fc
  .record({
    title: words,
    first: words,
    steps: fc.array(step, { maxLength: 30 }),
    closing: fc.array(fc.constantFrom("The Company", "720000 Bishkek", "INN 000"), { maxLength: 3 }),
  })
  .map(({ title, first, steps, closing }) => {
    let path = [1];
    const lines = [`# ${title}`, `1. ${first}`];
    for (const { kind, up, dot, text } of steps) {
      const kept = path.slice(0, Math.max(1, path.length - up));
      if (kind === "paragraph") lines.push(`[${kept.join(".")}] ${text}`);
      else {
        path = kind === "deeper" && path.length < 3 ? [...path, 1] : kept.with(-1, (kept.at(-1) ?? 0) + 1);
        lines.push(`${path.join(".")}${dot || path.length === 1 ? "." : ""} ${text}`);
      }
    }
    const texts = [first, ...steps.map((each) => each.text)];
    return { source: [...lines, "---", ...closing].join("\n\n"), title, texts, closing };
  });

const policyTexts = writtenTexts.map(({ source }) => parsePolicyText(source, "generated"));

test("whatever a lawyer writes is read without losing or adding a letter", () => {
  fc.assert(
    fc.property(writtenTexts, ({ source, title, texts, closing }) => {
      const read = parsePolicyText(source, "generated");
      assert.deepEqual(
        [read.title, read.blocks.map((block) => block.text), read.closing],
        [title, texts, closing],
      );
    }),
  );
});

test("any text that is read, printed and read again is the same text", () => {
  fc.assert(
    fc.property(policyTexts, (text) => {
      assert.deepEqual(parsePolicyText(printPolicyText(text), "printed"), text);
    }),
    { numRuns: 500 },
  );
});

test("any text's addresses are unique, and its clauses hold exactly its paragraphs", () => {
  fc.assert(
    fc.property(policyTexts, (text) => {
      const ids = text.blocks.map((block) => block.paragraph);
      assert.equal(new Set(ids).size, ids.length);
      const held = text.clauses.flatMap((clause) => clause.paragraphs.map((paragraph) => paragraph.id));
      assert.deepEqual(held.toSorted(), ids.toSorted());
    }),
  );
});

test("whatever bytes a file holds, it is read or refused with a place, never half read", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.constantFrom("", "1. A", "1.1. B", "[1] C", "---"))), (lines) => {
      try {
        parsePolicyText(["# T", ...lines].join("\n"), "any.md");
      } catch (error) {
        assert.ok(error instanceof PolicyTextError, String(error));
        assert.ok(error.line >= 1 && error.line <= lines.length + 1);
      }
    }),
  );
});
