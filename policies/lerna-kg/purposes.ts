import type { Purpose } from "../../policy/language/policy.ts";

const contact = ["surname", "firstName", "email", "phone"] as const;
const handling = ["collection", "recording", "storage", "extraction", "use"] as const;

/** The ten purposes of clause 8, in its order. Nothing outside this list may be done with the data (10.2). */
export const purposes = {
  "8.1": {
    clause: "8.1",
    title: {
      ru: "Регистрация и личный кабинет",
      ky: "Каттоо жана жеке кабинет",
      en: "Registration and the personal cabinet",
    },
    basis: "contract",
    categories: [...contact, "userId"],
    operations: handling,
    end: "account-deleted",
  },
  "8.2": {
    clause: "8.2",
    title: {
      ru: "Связь по вашей заявке и её исполнение",
      ky: "Өтүнмөңүз боюнча байланыш жана аны аткаруу",
      en: "Contact about your enquiry and carrying it out",
    },
    basis: "contract",
    categories: contact,
    operations: handling,
    end: "enquiry-fulfilled",
  },
  "8.3": {
    clause: "8.3",
    title: {
      ru: "Учётная запись на сайтах-партнёрах",
      ky: "Өнөктөш-сайттардагы аккаунт",
      en: "An account on partner sites",
    },
    ask: {
      ru: "Создать для меня учётную запись на сайтах-партнёрах",
      ky: "Мен үчүн өнөктөш-сайттарда аккаунт түзүлсүн",
      en: "Create an account for me on partner sites",
    },
    basis: "consent",
    categories: contact,
    operations: [...handling, "provision"],
    end: "withdrawn",
  },
  "8.4": {
    clause: "8.4",
    title: { ru: "Информационные сообщения", ky: "Маалыматтык билдирүүлөр", en: "Informational messages" },
    ask: {
      ru: "Присылать мне информационные сообщения",
      ky: "Мага маалыматтык мүнөздөгү билдирүүлөр жөнөтүлсүн",
      en: "Send me informational messages",
    },
    basis: "consent",
    categories: contact,
    operations: handling,
    end: "withdrawn",
  },
  "8.5": {
    clause: "8.5",
    title: {
      ru: "Реклама с учётом предпочтений и настроек",
      ky: "Каалоолорду жана жөндөөлөрдү эске алган жарнама",
      en: "Advertising that follows preferences and settings",
    },
    ask: {
      ru: "Показывать мне рекламу с учётом моих предпочтений и настроек",
      ky: "Мага жеке каалоолорума жана жөндөөлөрүмө жараша жарнама көрсөтүлсүн",
      en: "Show me advertising that follows my preferences and settings",
    },
    basis: "consent",
    categories: contact,
    operations: handling,
    end: "withdrawn",
  },
  "8.6": {
    clause: "8.6",
    title: { ru: "Оценка и анализ работы сайта", ky: "Сайттын ишин баалоо жана талдоо", en: "Evaluating the site" },
    basis: "consent",
    categories: [],
    operations: ["use"],
    end: "withdrawn",
  },
  "8.7": {
    clause: "8.7",
    title: {
      ru: "Аналитика рекламы и обезличенная статистика",
      ky: "Жарнаманын аналитикасы жана анонимдүү статистика",
      en: "Advertising analytics and depersonalised statistics",
    },
    basis: "consent",
    categories: [],
    operations: ["depersonalisation", "use"],
    end: "withdrawn",
  },
  "8.8": {
    clause: "8.8",
    title: {
      ru: "Рассылки об акциях, скидках и специальных предложениях",
      ky: "Акциялар, арзандатуулар жана атайын сунуштар жөнүндө таркатма билдирүүлөр",
      en: "Mailings about promotions, discounts and special offers",
    },
    ask: {
      ru: "Сообщать мне об акциях, скидках и специальных предложениях по почте и телефону",
      ky: "Мага акциялар, арзандатуулар жана атайын сунуштар жөнүндө почта жана телефон аркылуу кабарлансын",
      en: "Tell me about promotions, discounts and special offers by e-mail and phone",
    },
    basis: "consent",
    categories: contact,
    operations: handling,
    end: "withdrawn",
  },
  "8.9": {
    clause: "8.9",
    title: { ru: "Маркетинговые исследования", ky: "Маркетингдик изилдөөлөр", en: "Marketing research" },
    ask: {
      ru: "Приглашать меня в маркетинговые исследования",
      ky: "Мени маркетингдик изилдөөлөргө чакырышсын",
      en: "Invite me to marketing research",
    },
    basis: "consent",
    categories: contact,
    operations: [...handling, "provision"],
    end: "withdrawn",
  },
  "8.10": {
    clause: "8.10",
    title: {
      ru: "Общение с банками-партнёрами о кредите",
      ky: "Насыя боюнча өнөктөш банктар менен байланыш",
      en: "Talking to partner banks about a loan",
    },
    basis: "consent",
    categories: contact,
    operations: [...handling, "provision"],
    end: "withdrawn",
  },
} as const satisfies Record<string, Purpose>;
