import assert from "node:assert/strict";
import { test } from "node:test";
import { policy } from "../config/policy.ts";
import { composeConfirmRequest } from "../letters/compose/confirm-request.ts";
import { composeErased } from "../letters/compose/erased.ts";
import { composeSignInCode } from "../letters/compose/sign-in-code.ts";
import type { IncomingLetter } from "../letters/read-letter.ts";
import { languages } from "../language/language.ts";
import { sortLetter } from "./sort-letter.ts";

function letter(changes: Partial<IncomingLetter> = {}): IncomingLetter {
  return {
    from: "aibek.testov@example.kg",
    line: "",
    text: "",
    attachments: [],
    autoSubmitted: undefined,
    precedence: undefined,
    read: "whole",
    ...changes,
  };
}

const lines = [
  ["Уточнить персональные данные", "rectification", "ru"],
  ["Жеке маалыматтарды тактоо", "rectification", "ky"],
  ["Прекратить обработку персональных данных", "stop", "ru"],
  ["Жеке маалыматтарды иштетүүнү токтотуу", "stop", "ky"],
] as const;

for (const [line, kind, language] of lines) {
  test(`«${line}» opens the request ${kind} in ${language}, also as a reply, in quotes and in capitals`, () => {
    for (const written of [line, `Re: «${line}».`, `FW: "${line.toUpperCase()}"`, `  ${line.toLowerCase()} `]) {
      const sorted = sortLetter(policy, letter({ line: written }));
      assert.deepEqual([sorted.kind, sorted.language], [kind, language], written);
    }
  });
}

test("a line that only resembles the policy's goes to a person", () => {
  for (const line of ["Прекратить обработку", "Прошу прекратить обработку персональных данных", "", "Stop"]) {
    assert.equal(sortLetter(policy, letter({ line })).kind, "question", line);
  }
});

test("a question is answered in Kyrgyz if it is written with Kyrgyz letters, and in Russian otherwise", () => {
  assert.equal(sortLetter(policy, letter({ line: "Суроо", text: "Маалыматтарымды Өчүрүңүз" })).language, "ky");
  assert.equal(sortLetter(policy, letter({ line: "Вопрос", text: "Где мои данные?" })).language, "ru");
});

test("what a robot sends is known by its headers, its null sender, or by coming from ourselves", () => {
  const automatic = (changes: Partial<IncomingLetter>, returnPath?: string) =>
    sortLetter(policy, letter(changes), returnPath).automatic;
  assert.equal(automatic({}, "aibek.testov@example.kg"), false);
  assert.equal(automatic({ autoSubmitted: "no" }), false);
  assert.equal(automatic({ autoSubmitted: "auto-replied; owner=x" }), true);
  assert.equal(automatic({ autoSubmitted: "auto-generated" }), true);
  for (const precedence of ["bulk", "junk", "list"]) assert.equal(automatic({ precedence }), true, precedence);
  assert.equal(automatic({}, ""), true);
  assert.equal(automatic({ from: policy.controller.email.toUpperCase() }), true);
});

test("an address that nobody could write to is no address", () => {
  for (const from of [undefined, "", "undisclosed", "a@b\nc.kg"]) {
    assert.equal(sortLetter(policy, letter({ from })).from, undefined);
  }
});

test("an answer to one of our own letters opens no request to stop", () => {
  const on = Temporal.PlainDate.from("2026-12-23");
  const linkUntil = Temporal.Instant.from("2026-11-30T09:00:00+06:00");
  for (const language of languages) {
    const ours = [
      composeConfirmRequest(language, { number: "1", link: "https://example.kg", linkUntil, dueOn: on }),
      composeErased(language, { on, requestNumber: "1", receipts: 0 }),
      composeSignInCode(language, { code: "000000" }),
    ];
    for (const { line } of ours) assert.equal(sortLetter(policy, letter({ line: `Re: ${line}` })).kind, "question");
  }
});
