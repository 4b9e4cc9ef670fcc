import { defineTexts } from "../language.ts";

/** What stands around the policy's text; the text itself is the policy's. */
export const policyTexts = defineTexts({
  ru: {
    title: "Политика обработки персональных данных",
    edition: "Редакция",
    effective: "Действует с",
    fingerprint: "SHA-256 текста",
    plain: "Тот же текст без оформления",
    plainHint: "байт в байт то, к чему привязаны согласия",
    contents: "Пункты",
    courtesy: {
      heading: "Это перевод для удобства",
      text: "Юридическую силу имеют тексты на русском и кыргызском языках.",
      russian: "Текст на русском",
      kyrgyz: "Текст на кыргызском",
    },
  },
  ky: {
    title: "Жеке маалыматтарды иштетүү саясаты",
    edition: "Редакция",
    effective: "Күчүнө кирген күнү",
    fingerprint: "Тексттин SHA-256 суммасы",
    plain: "Ошол эле текст кооздоосуз",
    plainHint: "макулдуктар байланышкан текст, байтына чейин",
    contents: "Пункттар",
    courtesy: {
      heading: "Бул ыңгайлуулук үчүн котормо",
      text: "Орус жана кыргыз тилиндеги тексттер юридикалык күчкө ээ.",
      russian: "Орусча текст",
      kyrgyz: "Кыргызча текст",
    },
  },
  en: {
    title: "Personal data processing policy",
    edition: "Edition",
    effective: "In force from",
    fingerprint: "SHA-256 of the text",
    plain: "The same text, unformatted",
    plainHint: "byte for byte what consents are bound to",
    contents: "Clauses",
    courtesy: {
      heading: "This is a courtesy translation",
      text: "It is here to help the reader. The texts that bind are the Russian and the Kyrgyz ones.",
      russian: "The text in Russian",
      kyrgyz: "The text in Kyrgyz",
    },
  },
});
