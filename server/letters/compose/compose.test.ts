import assert from "node:assert/strict";
import { test } from "node:test";
import { policy } from "../../config/policy.ts";
import { languages } from "../../language/language.ts";
import { composeConfirmRequest } from "./confirm-request.ts";
import { composeEnquiryReceived } from "./enquiry-received.ts";
import { composeErased } from "./erased.ts";
import { composeSignInCode } from "./sign-in-code.ts";

const day = Temporal.PlainDate.from("2026-12-23");
const link = "https://example.kg/ru/confirm/secret";
const until = Temporal.Instant.from("2026-11-30T09:00:00+06:00");

for (const language of languages) {
  const letters = {
    "confirm-request": composeConfirmRequest(language, { number: "12", link, linkUntil: until, dueOn: day }),
    erased: composeErased(language, { on: day, requestNumber: "12", receipts: 2 }),
    "erased without a request": composeErased(language, { on: day, requestNumber: undefined, receipts: 0 }),
    "sign-in-code": composeSignInCode(language, { code: "042137" }),
    "enquiry-received": composeEnquiryReceived(language, {
      number: "7",
      form: "enrol",
      given: ["8.2", "8.8"],
      origin: "https://example.kg",
    }),
  };

  for (const [kind, { line, text }] of Object.entries(letters)) {
    test(`the letter ${kind} in ${language} says who writes, and says it in that language`, () => {
      const { name, registrations, address, email } = policy.controller;
      for (const part of [name[language], address[language], email, ...registrations.map(({ value }) => value)]) {
        assert.ok(text.includes(part), part);
      }
      assert.ok(line.length > 10 && line.length < 78 && !line.includes("\n"), line);
      if (language === "en") return;
      const foreign = text.replaceAll(/https?:\S+|\S+@\S+|e-mail/gu, "").match(/[a-z]{2,}/giu);
      assert.equal(foreign, null, "no English word is left");
    });
  }

  test(`the confirmation in ${language} holds the link on a line of its own, the number and the last day`, () => {
    const { text } = letters["confirm-request"];
    assert.ok(text.split("\n").includes(link));
    for (const part of ["12", "30", "23", "09:00"]) assert.ok(text.includes(part), part);
  });

  test(`the last letter in ${language} names the request where there is one`, () => {
    assert.match(letters.erased.text, /12/);
    assert.doesNotMatch(letters["erased without a request"].text, /№|No\. |номери – /);
  });

  test(`the sign-in code in ${language} stands in the text and not in the subject line`, () => {
    assert.match(letters["sign-in-code"].text, /042137/);
    assert.doesNotMatch(letters["sign-in-code"].line, /042137/);
  });

  test(`the answer to an enquiry in ${language} lists what was agreed to, and where to take it back`, () => {
    const { text } = letters["enquiry-received"];
    for (const id of ["8.2", "8.8"] as const) assert.ok(text.includes(policy.purposes[id].title[language]));
    assert.ok(text.includes(`https://example.kg/${language}/cabinet`));
  });
}
