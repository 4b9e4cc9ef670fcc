import type { Localized } from "../../policy/language/localized.ts";
import type { PurposeEnd } from "../../policy/language/policy.ts";
import { pluralRu } from "../language/plural.ts";

// What a record says in words where the vocabulary has none, in every language: the record is read where nobody can
// ask the company what it meant.

/** How long a consent, and with it the storage for its purpose, lasts (6, 11.6, 17.4). */
export const lasts: Readonly<Record<PurposeEnd, Localized>> = {
  "account-deleted": {
    ru: "до удаления данных через личный кабинет",
    ky: "маалыматтар жеке кабинет аркылуу өчүрүлгөнгө чейин",
    en: "until the data are deleted by means of the personal cabinet",
  },
  "enquiry-fulfilled": {
    ru: "до исполнения заявки или отзыва согласия",
    ky: "өтүнмө аткарылганга же макулдук кайтарып алынганга чейин",
    en: "until the enquiry has been carried out or the consent is withdrawn",
  },
  withdrawn: {
    ru: "до отзыва согласия",
    ky: "макулдук кайтарып алынганга чейин",
    en: "until the consent is withdrawn",
  },
};

export const refusalLasts: Localized = {
  ru: "пока человек сам не согласится",
  ky: "адам өзү макул болмоюнча",
  en: "until the person agrees of their own accord",
};

/** Clause 17, second and third paragraphs; `months`: the longest that blocked data may wait. */
export const destroyed = (months: number): Localized => ({
  ru:
    "не позднее этого срока после прекращения обработки; если уничтожить невозможно, данные блокируются и уничтожаются " +
    `не позднее чем через ${months} ${pluralRu(months, { one: "месяц", few: "месяца", many: "месяцев" })}`,
  ky:
    "иштетүү токтотулгандан кийин ушул мөөнөттөн кечиктирилбестен; жок кылуу мүмкүн болбосо, маалыматтар бөгөттөлүп, " +
    `${months} айдан кечиктирилбестен жок кылынат`,
  en:
    "no later than this after processing stops; where the data cannot be destroyed they are blocked, and destroyed no " +
    `later than ${months} months after`,
});

/** Clauses 11.3 and 18; the policy's value names none of them. */
export const partners: Localized = {
  ru: "Партнёры Компании из опубликованного перечня, когда это необходимо",
  ky: "Зарыл болгондо, жарыяланган тизмедеги Компаниянын өнөктөштөрү",
  en: "Partners of the Company from the published list, where it is necessary",
};

/** Clause 6. Which act is in force on a day is not for a receipt to say. */
export const law: Localized = {
  ru: "Законодательство Кыргызской Республики",
  ky: "Кыргыз Республикасынын мыйзамдары",
  en: "Legislation of the Kyrgyz Republic",
};

/** ISO 3166 code of the country of that law: the policy's value has none but that of the databases. */
export const jurisdiction = "KG";

/** How a person said yes or no. */
export const ways = {
  pressed: (button: string): Localized => ({
    ru: `нажата кнопка «${button}»`,
    ky: `«${button}» баскычы басылды`,
    en: `the button “${button}” was pressed`,
  }),
  ticked: (button: string): Localized => ({
    ru: `отмечен отдельный флажок и нажата кнопка «${button}»`,
    ky: `өзүнчө уячага белги коюлуп, «${button}» баскычы басылды`,
    en: `a box of its own was ticked and the button “${button}” pressed`,
  }),
  leftEmpty: (button: string): Localized => ({
    ru: `флажок не отмечен, нажата кнопка «${button}»`,
    ky: `уячага белги коюлбай, «${button}» баскычы басылды`,
    en: `the box was left empty and the button “${button}” pressed`,
  }),
} as const;

/** How a request came. */
export const channels: Readonly<Record<string, Localized>> = {
  cabinet: { ru: "из личного кабинета", ky: "жеке кабинеттен", en: "from the personal cabinet" },
  letter: { ru: "письмом", ky: "кат менен", en: "by letter" },
};

export const answerBy: Localized = {
  ru: "последний день срока",
  ky: "мөөнөттүн акыркы күнү",
  en: "the last day of the time limit",
};
