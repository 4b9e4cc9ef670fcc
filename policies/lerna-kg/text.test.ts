import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findClause, parsePolicyText } from "../../policy/language/policy-text.ts";
import { sameStructure } from "../../policy/language/same-structure.ts";
import source from "./source.sha256.json" with { type: "json" };

const read = (language: "ru" | "ky" | "en") => {
  const name = `text.${language}.md`;
  return parsePolicyText(readFileSync(new URL(name, import.meta.url), "utf8"), `policies/lerna-kg/${name}`);
};

for (const language of ["ru", "ky"] as const) {
  test(`the ${language} text is the company's published text to the letter, its misprints included`, () => {
    const { title, blocks, closing } = read(language);
    const written = [title, ...blocks.map(({ number, text }) => `${number ?? ""}${text}`), ...closing].join(
      "",
    );
    const letters = written.replaceAll(/\s+/gu, "");
    assert.equal(letters.length, source[language].characters);
    assert.equal(createHash("sha256").update(letters).digest("hex"), source[language].sha256);
  });
}

test("one address leads to the same place in Russian, Kyrgyz and English", () => {
  assert.deepEqual(sameStructure(read("ru"), read("ky")), []);
  assert.deepEqual(sameStructure(read("ru"), read("en")), []);
});

test("the text has the clauses 1 to 21, ten purposes in 8 and the company's details at the end", () => {
  const { clauses, closing } = read("ru");
  const top = clauses.filter((clause) => clause.depth === 1).map((clause) => clause.id);
  assert.deepEqual(
    top,
    Array.from({ length: 21 }, (_, index) => String(index + 1)),
  );
  assert.equal(clauses.filter((clause) => clause.id.startsWith("8.")).length, 10);
  assert.equal(closing.length, 5);
});

test("the time limits stand where the rules cite them", () => {
  const ru = read("ru");
  const paragraph = (clause: string, index: number) => findClause(ru, clause)?.paragraphs[index - 1];
  assert.match(paragraph("16", 2)?.text ?? "", /7 \(семь\) рабочих дней, и уведомляет/);
  assert.match(paragraph("16", 3)?.text ?? "", /7 \(семь\) рабочих дней обязуется уничтожить/);
  assert.match(paragraph("17", 2)?.text ?? "", /30 \(тридцать\) дней/);
  assert.match(paragraph("17", 3)?.text ?? "", /6 \(шести\) месяцев/);
  assert.deepEqual(
    ru.blocks.filter((block) => block.clause.startsWith("17")).map((block) => block.paragraph),
    ["17-1", "17.1-1", "17.2-1", "17.3-1", "17.4-1", "17-2", "17-3"],
  );
  assert.match(paragraph("11", 2)?.text ?? "", /с учетом следующего:$/);
  assert.match(paragraph("11.3", 2)?.text ?? "", /на основании согласия Пользователей/);
});

test("the Kyrgyz text keeps the clause number that was printed without its dot", () => {
  assert.equal(read("ky").blocks.find((block) => block.clause === "8.10")?.number, "8.10");
});
