import { defineTexts } from "../../language/language.ts";
import { pluralEn, pluralRu } from "../../language/plural.ts";

/** The first page of the console: how things stand and what to do next. */
export const consoleOverviewTexts = defineTexts({
  ru: {
    heading: (name: string) => `Здравствуйте, ${name}`,
    figures: {
      enquiries: "Открытые заявки",
      requests: "Запросы в работе",
      overdue: "Просроченные запросы",
      letters: "Письма ждут отправки",
    },
    next: "Что сделать сейчас",
    steps: {
      overdue: (count: number) =>
        `${count} ${pluralRu(count, { one: "запрос просрочен", few: "запроса просрочены", many: "запросов просрочены" })}: ответьте в первую очередь.`,
      due: (number: string, date: string) => `Ближайший срок у запроса №\u00a0${number}: ${date}`,
      enquiries: (count: number) =>
        `${count} ${pluralRu(count, { one: "заявка ждёт", few: "заявки ждут", many: "заявок ждут" })}: свяжитесь с ${pluralRu(count, { one: "человеком", few: "людьми", many: "людьми" })} и отметьте исполненное.`,
      letters: (count: number) =>
        `${count} ${pluralRu(count, { one: "письмо ждёт", few: "письма ждут", many: "писем ждут" })}: передайте сами или настройте почтовый сервер.`,
    },
    allDone: "Всё сделано",
    allDoneHint: "Открытых заявок, запросов и писем нет. Хорошего дня!",
  },
  ky: {
    heading: (name) => `Саламатсызбы, ${name}`,
    figures: {
      enquiries: "Ачык өтүнмөлөр",
      requests: "Иштеги суроо-талаптар",
      overdue: "Мөөнөтү өткөн суроо-талаптар",
      letters: "Жөнөтүүнү күткөн каттар",
    },
    next: "Азыр эмне кылуу керек",
    steps: {
      overdue: (count) => `${count} суроо-талаптын мөөнөтү өтүп кетти: эң биринчи ошолорго жооп бериңиз.`,
      due: (number, date) => `Эң жакынкы мөөнөт №\u00a0${number} суроо-талапта: ${date}.`,
      enquiries: (count) => `${count} өтүнмө күтүп турат: адамдар менен байланышып, аткарылганын белгилеңиз.`,
      letters: (count) => `${count} кат күтүп турат: аларды өзүңүз өткөрүп бериңиз же почта серверин жөндөңүз.`,
    },
    allDone: "Баары аткарылды",
    allDoneHint: "Ачык өтүнмө, суроо-талап жана кат жок. Күнүңүз жакшы өтсүн!",
  },
  en: {
    heading: (name) => `Hello, ${name}`,
    figures: {
      enquiries: "Open enquiries",
      requests: "Requests in hand",
      overdue: "Overdue requests",
      letters: "Letters waiting",
    },
    next: "What to do now",
    steps: {
      overdue: (count) =>
        `${count} ${pluralEn(count, { one: "request is", other: "requests are" })} overdue: answer these first.`,
      due: (number, date) => `Request ${number} is due next, on ${date}.`,
      enquiries: (count) =>
        `${count} ${pluralEn(count, { one: "enquiry is", other: "enquiries are" })} waiting: get in touch and mark what is carried out.`,
      letters: (count) =>
        `${count} ${pluralEn(count, { one: "letter is", other: "letters are" })} waiting: hand them over yourself, or configure a mail server.`,
    },
    allDone: "All is done",
    allDoneHint: "There are no open enquiries, requests or letters. Have a good day!",
  },
});
