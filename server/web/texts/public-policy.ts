import { defineTexts } from "../../language/language.ts";

/** What stands around the policy's text; the text itself is the policy's. */
export const policyTexts = defineTexts({
  ru: {
    title: "Политика обработки персональных данных",
    edition: (version: string, date: string) => `Редакция ${version}, действует с ${date}`,
    check: "Как проверить текст",
    fingerprint: "Его SHA-256",
    plain: "Текст, к которому привязаны согласия, байт в байт",
    goTo: "Перейти к пункту",
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
    edition: (version, date) => `${version}-редакция, күчүнө кирген күнү: ${date}`,
    check: "Текстти кантип текшерсе болот",
    fingerprint: "Анын SHA-256 суммасы",
    plain: "Макулдуктар байланышкан текст, байтына чейин",
    goTo: "Пунктка өтүү",
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
    edition: (version, date) => `Edition ${version}, in force from ${date}`,
    check: "How to check the text",
    fingerprint: "Its SHA-256",
    plain: "The text that consents are bound to, byte for byte",
    goTo: "Go to a clause",
    contents: "Clauses",
    courtesy: {
      heading: "This is a courtesy translation",
      text: "It is here to help the reader. The texts that bind are the Russian and the Kyrgyz ones.",
      russian: "The text in Russian",
      kyrgyz: "The text in Kyrgyz",
    },
  },
});
