import assert from "node:assert/strict";
import { test } from "node:test";
import { defineTexts, languageFromPath, pathInLanguage, preferredLanguage } from "./language.ts";

test("a page without a Kyrgyz text does not compile", () => {
  const texts = defineTexts({
    ru: { greeting: "Здравствуйте", promise: "Обещание" },
    // @ts-expect-error `promise` is missing
    ky: { greeting: "Саламатсызбы" },
    en: { greeting: "Hello", promise: "Promise" },
  });
  assert.equal(texts.ky.greeting, "Саламатсызбы");
});

test("a text that needs a number in one language cannot be a fixed sentence in another", () => {
  const texts = defineTexts({
    ru: { left: (days: number) => `осталось дней: ${days}` },
    // @ts-expect-error a string stands where Russian has a function
    ky: { left: "күн калды" },
    // @ts-expect-error the parameter is a number in Russian
    en: { left: (days: string) => `${days} left` },
  });
  assert.equal(texts.ru.left(3), "осталось дней: 3");
});

test("a text that Russian does not have is refused in the other languages", () => {
  const texts = defineTexts({
    ru: { greeting: "Здравствуйте" },
    ky: { greeting: "Саламатсызбы" },
    // @ts-expect-error nobody would ever read `extra`
    en: { greeting: "Hello", extra: "More" },
  });
  assert.equal(texts.en.greeting, "Hello");
});

test("a language that nobody translated into cannot be asked for", () => {
  const texts = defineTexts({ ru: { a: "а" }, ky: { a: "а" }, en: { a: "a" } });
  // @ts-expect-error there is no German
  assert.equal(texts.de, undefined);
});

test("the first part of the path names the language", () => {
  assert.equal(languageFromPath("/ky/policy"), "ky");
  assert.equal(languageFromPath("/ru/"), "ru");
  assert.equal(languageFromPath("/en"), "en");
  assert.equal(languageFromPath("/kyrgyz/policy"), undefined);
  assert.equal(languageFromPath("/"), undefined);
  assert.equal(pathInLanguage("ky", "/policy"), "/ky/policy");
});

test("a browser is answered in the language it weighs highest among ours", () => {
  assert.equal(preferredLanguage("ky-KG,ky;q=0.9,ru;q=0.8"), "ky");
  assert.equal(preferredLanguage("de-DE, en;q=0.7, ru;q=0.9"), "ru");
  assert.equal(preferredLanguage("ru;q=0.5, EN-us"), "en");
  assert.equal(preferredLanguage("ky;q=0, en;q=0.1"), "en");
});

test("a browser that asks for none of our languages, or for nonsense, gets Russian", () => {
  for (const header of [undefined, "", "de-DE,fr;q=0.9", "*", "ky;q=much", ";;;,,,q=", "k".repeat(10_000)]) {
    assert.equal(preferredLanguage(header), "ru");
  }
});
