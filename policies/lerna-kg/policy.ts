import { definePolicy } from "../../policy/language/policy.ts";
import { clauses } from "./clauses.ts";
import { purposes } from "./purposes.ts";

const everything = ["surname", "firstName", "email", "phone", "userId", "letter"] as const;

const person = [
  { category: "surname", required: true },
  { category: "firstName", required: true },
  { category: "phone", required: true },
] as const;

/** Clause 7 gives two subject lines; the same letter may state either demand, and clause 17.3 has none of its own (K10). */
const stopLines = {
  ru: "Прекратить обработку персональных данных",
  ky: "Жеке маалыматтарды иштетүүнү токтотуу",
} as const;

/** The policy of the online school lerna.kg as a value; its words stand in `text.*.md` beside this file. */
export const lernaKg = definePolicy({
  id: "lerna-kg",
  version: "1",
  effectiveFrom: "2026-11-23",
  controller: {
    name: { ru: "ОсОО «Софтскилз»", ky: "«Софтскилз» ЖЧКу", en: "Softskills LLC" },
    registrations: [
      { label: { ru: "ИНН", ky: "ИСН", en: "INN (taxpayer number)" }, value: "02304202110222" },
      { label: { ru: "ОГРН", ky: "НМКН", en: "OGRN (registration number)" }, value: "197076-3300-ООО" },
      { label: { ru: "ОКПО", ky: "ОКПО", en: "OKPO" }, value: "30967194" },
    ],
    address: {
      ru: "Кыргызская Республика, г. Бишкек, ул. Токтогула, д. 125/1, пом. 1104",
      ky: "Кыргыз Республикасы, Бишкек ш., Токтогул көч., 125/1-үй, 1104-жай",
      en: "125/1 Toktogul St., room 1104, Bishkek, Kyrgyz Republic",
    },
    email: "softskills@lerna.kg",
    timeZone: "Asia/Bishkek",
  },
  sites: [{ domain: "lerna.kg", subdomains: true }],
  languages: { binding: ["ru", "ky"], courtesy: ["en"] },
  storageCountry: "KG",
  posture: {},
  categories: {
    surname: { clause: "5", label: { ru: "Фамилия", ky: "Фамилия", en: "Surname" } },
    firstName: { clause: "5", label: { ru: "Имя", ky: "Аты", en: "First name" } },
    email: {
      clause: "5",
      label: { ru: "Адрес электронной почты", ky: "Электрондук почта дареги", en: "E-mail address" },
    },
    phone: {
      clause: "5",
      label: { ru: "Номер контактного телефона", ky: "Байланыш телефон номери", en: "Contact phone number" },
    },
    userId: {
      clause: "5",
      label: {
        ru: "Идентификационные данные пользователя (user ID)",
        ky: "Колдонуучунун идентификациялык маалыматтары (колдонуучунун ID си)",
        en: "User ID",
      },
    },
    letter: { clause: "7", label: { ru: "Письмо в Компанию", ky: "Компанияга жазылган кат", en: "Letter to the Company" } },
  },
  purposes,
  duties: {
    "7": {
      clause: "7",
      title: {
        ru: "Приём официальных запросов",
        ky: "Расмий суроо-талаптарды кабыл алуу",
        en: "Receiving official requests",
      },
      categories: ["email", "letter"],
      operations: ["collection", "recording", "storage", "extraction", "use"],
    },
    "16-1": {
      clause: "16",
      title: {
        ru: "Ознакомление с данными о себе",
        ky: "Өзү жөнүндөгү маалыматтар менен таанышуу",
        en: "Showing people the data about them",
      },
      categories: everything,
      operations: ["extraction", "access", "use"],
    },
    "17": {
      clause: "17",
      title: {
        ru: "Прекращение обработки и уничтожение данных",
        ky: "Иштетүүнү токтотуу жана маалыматтарды жок кылуу",
        en: "Stopping processing and destroying data",
      },
      categories: everything,
      operations: ["extraction", "use", "blocking", "deletion", "destruction"],
    },
    "21": {
      clause: "21",
      title: { ru: "Ответы на вопросы", ky: "Суроолорго жооп берүү", en: "Answering questions" },
      categories: ["email", "letter"],
      operations: ["extraction", "use"],
    },
  },
  forms: {
    consultation: {
      clause: "4",
      title: { ru: "Запросить консультацию", ky: "Кеңеш суроо", en: "Request a consultation" },
      lead: {
        ru: "Оставьте имя и телефон: мы перезвоним и поможем выбрать курс.",
        ky: "Атыңызды жана телефонуңузду калтырыңыз: биз чалып, курс тандоого жардам беребиз.",
        en: "Leave your name and phone number: we will call and help you choose a course.",
      },
      fields: [...person, { category: "email", required: false }],
      purpose: "8.2",
      offers: ["8.4", "8.5", "8.8", "8.9"],
      button: { ru: "Запросить консультацию", ky: "Кеңеш суроо", en: "Request a consultation" },
    },
    enrol: {
      clause: "4",
      title: { ru: "Записаться на курс", ky: "Курска жазылуу", en: "Enrol in a course" },
      lead: {
        ru: "Запишитесь: подтверждение и расписание придут на электронную почту.",
        ky: "Жазылыңыз: ырастоо жана сабактардын жүгүртмөсү электрондук почтаңызга келет.",
        en: "Enrol: the confirmation and the timetable will come by e-mail.",
      },
      fields: [...person, { category: "email", required: true }],
      purpose: "8.2",
      offers: ["8.3", "8.4", "8.5", "8.8", "8.9"],
      button: { ru: "Отправить", ky: "Жөнөтүү", en: "Send" },
    },
    order: {
      clause: "4",
      title: { ru: "Отправить заказ", ky: "Буйрутма жөнөтүү", en: "Place an order" },
      lead: {
        ru: "Закажите курс или материалы: мы свяжемся с вами, чтобы согласовать оплату и доступ.",
        ky: "Курска же материалдарга буйрутма бериңиз: төлөмдү жана жеткиликтүүлүктү макулдашуу үчүн байланышабыз.",
        en: "Order a course or materials: we will contact you to agree payment and access.",
      },
      fields: [...person, { category: "email", required: true }],
      purpose: "8.2",
      offers: ["8.3", "8.4", "8.5", "8.8", "8.9"],
      button: { ru: "Отправить", ky: "Жөнөтүү", en: "Send" },
    },
  },
  requests: {
    rectification: {
      clause: "16",
      title: { ru: "Уточнить персональные данные", ky: "Жеке маалыматтарды тактоо", en: "Correct personal data" },
      subjectLines: { ru: "Уточнить персональные данные", ky: "Жеке маалыматтарды тактоо" },
      limit: { workingDays: 7 },
      stops: false,
    },
    stop: {
      clause: "17",
      title: {
        ru: "Прекратить обработку персональных данных",
        ky: "Жеке маалыматтарды иштетүүнү токтотуу",
        en: "Stop processing personal data",
      },
      subjectLines: stopLines,
      limit: { days: 30 },
      cap: { months: 6 },
      stops: true,
    },
    destruction: {
      clause: "17",
      title: {
        ru: "Удалить мои данные",
        ky: "Менин маалыматтарымды өчүрүү",
        en: "Delete my data",
      },
      subjectLines: {},
      limit: { days: 30 },
      cap: { months: 6 },
      stops: true,
    },
    question: {
      clause: "21",
      title: { ru: "Вопрос или другое письмо", ky: "Суроо же башка кат", en: "A question or another letter" },
      subjectLines: {},
      limit: { days: 7 },
      stops: false,
    },
  },
  clauses,
});
