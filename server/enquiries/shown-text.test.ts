import assert from "node:assert/strict";
import { test } from "node:test";
import { type FormId, policy, policyDirectory } from "../config/policy.ts";
import { loadPolicy } from "../publishing/load-policy.ts";
import { showForm, shownText } from "./shown-text.ts";

const texts = loadPolicy(policy, policyDirectory);
const forms = Object.keys(policy.forms) as FormId[];
const languages = ["ru", "ky", "en"] as const;
const shown = (form: FormId, language: (typeof languages)[number], changed = texts) =>
  shownText(showForm(policy, changed, form, language), language);

test("the text of a consent is the same every time, and another one for every form and language", () => {
  const all = forms.flatMap((form) => languages.map((language) => shown(form, language)));
  assert.deepEqual(all, forms.flatMap((form) => languages.map((language) => shown(form, language))));
  assert.equal(new Set(all).size, forms.length * languages.length);
});

test("the text of the Russian consultation form reads as a person sees it, and ends with the policy it stands on", () => {
  const lines = shown("consultation", "ru").split("\n");
  assert.deepEqual(lines.slice(0, -1), [
    "Запросить консультацию",
    "Оставьте имя и телефон: мы перезвоним и поможем выбрать курс.",
    "Фамилия",
    "Имя",
    "Номер контактного телефона",
    "Адрес электронной почты (необязательно)",
    "Ваши данные нужны для цели «Связь по вашей заявке и её исполнение» (пункт 8.2 Политики).",
    "Дополнительно, если хотите",
    "Каждое согласие отдельное. Заявку мы выполним и без них, а отозвать любое можно в любой момент.",
    "[ ] Присылать мне информационные сообщения · пункт 8.4 Политики",
    "[ ] Показывать мне рекламу с учётом моих предпочтений и настроек · пункт 8.5 Политики",
    "[ ] Сообщать мне об акциях, скидках и специальных предложениях по почте и телефону · пункт 8.8 Политики",
    "[ ] Приглашать меня в маркетинговые исследования · пункт 8.9 Политики",
    "[ ] Мне исполнилось 18 лет, и я дееспособен (дееспособна)",
    "Нажимая кнопку «Запросить консультацию», вы соглашаетесь с Политикой обработки персональных данных и с " +
      "обработкой ваших данных для указанной цели и для целей, отмеченных выше.",
    "Редакция 1",
    "(Запросить консультацию)",
  ]);
  assert.equal(lines.at(-1), `lerna-kg 1 2026-11-23 ru sha256:${texts.ru.hash.toString("hex")}`);
});

test("a changed word of the policy changes what a consent is bound to", () => {
  const changed = { ...texts, ru: { ...texts.ru, hash: Buffer.alloc(32, 1) } };
  assert.notEqual(shown("order", "ru", changed), shown("order", "ru"));
  assert.equal(shown("order", "ky", changed), shown("order", "ky"));
});

test("a consent given in English is bound to the Russian and the Kyrgyz text too, for those are the ones that bind", () => {
  const last = shown("order", "en").split("\n").at(-1) ?? "";
  for (const language of languages) assert.ok(last.includes(`${language} sha256:${texts[language].hash.toString("hex")}`));
});

test("the Kyrgyz declaration says capable before the law, where the text says able to work", () => {
  assert.match(shown("order", "ky"), /аракетке жөндөмдүүмүн/);
  assert.doesNotMatch(shown("order", "ky"), /ишке жөндөмдүү/);
});
