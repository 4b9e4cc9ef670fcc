import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { lernaKg } from "../../policies/lerna-kg/policy.ts";
import type { Policy } from "../language/policy.ts";
import { parsePolicyText } from "../language/policy-text.ts";
import { PolicyTextError } from "../language/policy-text-error.ts";
import { checkPolicy, PolicyError } from "./check-policy.ts";

const source = (language: "ru" | "ky" | "en") =>
  readFileSync(new URL(`../../policies/lerna-kg/text.${language}.md`, import.meta.url), "utf8");
const texts = {
  ru: parsePolicyText(source("ru"), "text.ru.md"),
  ky: parsePolicyText(source("ky"), "text.ky.md"),
  en: parsePolicyText(source("en"), "text.en.md"),
};
const policy: Policy = lernaKg;
const { purposes, forms, requests, categories } = lernaKg;
const empty = { ru: "", ky: " ", en: "x" };

test("the reference policy and its texts bear each other out", () => {
  assert.deepEqual(checkPolicy(policy, texts), []);
});

for (const [what, changes, code, place, words] of [
  [
    "a purpose of a clause that the text does not have",
    { purposes: { ...purposes, "8.11": { ...purposes["8.4"], clause: "8.11" } } },
    "dangling-clause",
    "purposes.8.11",
    "8.11",
  ],
  [
    "a category of a clause that the text does not have",
    { categories: { ...categories, comment: { clause: "5.1", label: categories.phone.label } } },
    "dangling-clause",
    "categories.comment",
    "5.1",
  ],
  [
    "an enforced clause that the text does not have",
    { clauses: { ...policy.clauses, "22": { kind: "informational", reason: "x" } } },
    "dangling-clause",
    "clauses.22",
    "22",
  ],
  [
    "a clause of the text that nothing is said about",
    { clauses: Object.fromEntries(Object.entries(policy.clauses).filter(([id]) => id !== "12.3")) },
    "clause-without-coverage",
    "clauses",
    "12.3",
  ],
  [
    "a form that serves an unknown purpose",
    { forms: { ...forms, order: { ...forms.order, purpose: "8.12" } } },
    "unknown-purpose",
    "forms.order.purpose",
    "8.12",
  ],
  [
    "a form that offers an unknown purpose",
    { forms: { ...forms, order: { ...forms.order, offers: ["8.4", "mailing"] } } },
    "unknown-purpose",
    "forms.order.offers",
    "mailing",
  ],
  [
    "a form that takes an unknown category",
    { forms: { ...forms, enrol: { ...forms.enrol, fields: [{ category: "passport", required: true }] } } },
    "unknown-category",
    "forms.enrol.fields",
    "passport",
  ],
  [
    "a category named like a part of every object",
    { forms: { ...forms, enrol: { ...forms.enrol, fields: [{ category: "constructor", required: true }] } } },
    "unknown-category",
    "forms.enrol.fields",
    "constructor",
  ],
  [
    "a purpose that uses an unknown category",
    { purposes: { ...purposes, "8.4": { ...purposes["8.4"], categories: ["email", "passport"] } } },
    "unknown-category",
    "purposes.8.4.categories",
    "passport",
  ],
  [
    "an operation that clause 1 does not name",
    { purposes: { ...purposes, "8.4": { ...purposes["8.4"], operations: ["sale"] } } },
    "unknown-operation",
    "purposes.8.4.operations",
    "sale",
  ],
  [
    "an offered purpose without a question to put beside its box",
    { forms: { ...forms, order: { ...forms.order, offers: ["8.6"] } } },
    "empty-words",
    "forms.order.offers",
    "8.6",
  ],
  [
    "a button without words",
    { forms: { ...forms, order: { ...forms.order, button: empty } } },
    "empty-words",
    "forms.order.button.ky",
    "empty",
  ],
  [
    "a subject line that nobody can read in the policy",
    { requests: { ...requests, stop: { ...requests.stop, subjectLines: { ru: "Забудьте меня" } } } },
    "subject-line-not-in-text",
    "requests.stop.subjectLines.ru",
    "Забудьте меня",
  ],
  [
    "two requests that one letter would open",
    { requests: { ...requests, again: requests.rectification } },
    "two-requests-with-one-subject-line",
    "requests.again.subjectLines.ru",
    "requests.rectification.subjectLines.ru",
  ],
  ["a posture that does not exist", { posture: { "13": "loose" } }, "unknown-posture", "posture.13", "as-written"],
] as const) {
  test(`${what} is found, and the place is named`, () => {
    const findings = checkPolicy({ ...policy, ...changes } as Policy, texts);
    const found = findings.find((finding) => finding.code === code && finding.place === place);
    assert.ok(found, JSON.stringify(findings));
    assert.ok(found.sentence.includes(words), found.sentence);
  });
}

test("all findings are told at once, each with its place", () => {
  const broken = { ...policy, forms: { ...forms, order: { ...forms.order, purpose: "9.9", offers: ["9.8"], button: empty } } };
  const error = new PolicyError(checkPolicy(broken, texts));
  assert.equal(error.code, "policy");
  assert.deepEqual(
    error.message.split("\n").map((line) => line.split(":")[0]),
    ["forms.order.purpose", "forms.order.offers", "forms.order.button.ru", "forms.order.button.ky"],
  );
});

test("a text with two clauses of one number is no policy: the message names the file, the line and both places", () => {
  const twice = source("ru").replace("\n21. ", "\n20. ");
  assert.throws(
    () => parsePolicyText(twice, "text.ru.md"),
    (error) =>
      error instanceof PolicyTextError &&
      error.code === "clause-number-repeated" &&
      /^text\.ru\.md:\d+: .*\b20\b.*\bline \d+\b/.test(error.message),
  );
});
