import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normaliseSubjectLine } from "./subject-line.ts";

const same: readonly [string, string][] = [
  ["in quotes", "«Прекратить обработку персональных данных»"],
  ["in straight quotes", '"Прекратить обработку персональных данных"'],
  ["in other quotes", "„Прекратить обработку персональных данных“"],
  ["in capitals", "ПРЕКРАТИТЬ ОБРАБОТКУ ПЕРСОНАЛЬНЫХ ДАННЫХ"],
  ["as a reply", "Re: Прекратить обработку персональных данных"],
  ["as a reply to a reply", "RE: re[2]: Re(3): Прекратить обработку персональных данных"],
  ["as a reply of a Russian program", "Отв: НА: Прекратить обработку персональных данных"],
  ["passed on", "Fwd: FW: Пересл: «Прекратить обработку персональных данных»"],
  ["with a full stop", "Прекратить обработку персональных данных."],
  ["with three dots", "Прекратить обработку персональных данных…"],
  ["with odd spaces", " \tПрекратить  обработку\u00A0персональных\r\n данных "],
  ["with invisible characters", "\uFEFFПрекратить обра\u00ADботку персональных\u200B данных"],
  ["with a composed letter taken apart", "Прекратить обработку персональных данных".normalize("NFD")],
];

for (const [how, line] of same) {
  test(`the policy's subject line ${how} is the same line`, () => {
    assert.equal(normaliseSubjectLine(line), "прекратить обработку персональных данных");
  });
}

test("ё is е, and Kyrgyz letters keep their own sound", () => {
  assert.equal(normaliseSubjectLine("Учёт"), normaliseSubjectLine("учет"));
  assert.notEqual(normaliseSubjectLine("иштетүүнү"), normaliseSubjectLine("иштетууну"));
});

test("a word that begins like a reply mark is not one", () => {
  assert.equal(normaliseSubjectLine("На карте нет школы"), "на карте нет школы");
  assert.equal(normaliseSubjectLine("Recovery: how"), "recovery: how");
});

test("any line is spelt in one way, which spelling again does not change", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (line) => {
      const once = normaliseSubjectLine(line);
      assert.equal(normaliseSubjectLine(once), once);
    }),
  );
});

test("a subject line of a quarter of a megabyte takes no time", () => {
  const started = performance.now();
  for (const unit of [". ", "re:", "«", "(1", "\t"]) normaliseSubjectLine(`${unit.repeat(250_000 / unit.length)}x`);
  assert.ok(performance.now() - started < 1000);
});
