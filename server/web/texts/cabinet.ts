import { defineTexts } from "../../language/language.ts";

/** The frame of every page of the cabinet: its sections, and what is said while data is being destroyed. */
export const cabinetTexts = defineTexts({
  ru: {
    sections: {
      data: "Мои данные",
      consents: "Согласия",
      history: "Что делали с данными",
      requests: "Обращения",
      receipts: "Квитанции",
      delete: "Удалить данные",
    },
    clauseOfPolicy: (clause: string) => `пункт ${clause} Политики`,
    stopped: {
      heading: "Обработка ваших данных прекращена",
      since: (date: string) => `Прекращена ${date}`,
      what: "Данные больше никто не использует, сейчас их уничтожают. Когда не останется ничего, кабинет закроется.",
      due: (date: string) => `Последний день срока: ${date}`,
      progress: "Как идёт уничтожение",
    },
    back: "Вернуться",
  },
  ky: {
    sections: {
      data: "Менин маалыматтарым",
      consents: "Макулдуктар",
      history: "Маалыматтар менен эмне кылынды",
      requests: "Кайрылуулар",
      receipts: "Квитанциялар",
      delete: "Маалыматтарды өчүрүү",
    },
    clauseOfPolicy: (clause) => `Саясаттын ${clause}-пункту`,
    stopped: {
      heading: "Маалыматтарыңызды иштетүү токтотулду",
      since: (date) => `Токтотулган күнү: ${date}.`,
      what: "Маалыматтарды эми эч ким пайдаланбайт, азыр алар жок кылынып жатат. Эч нерсе калбаганда кабинет жабылат.",
      due: (date) => `Мөөнөттүн акыркы күнү: ${date}.`,
      progress: "Жок кылуу кандай жүрүп жатат",
    },
    back: "Артка кайтуу",
  },
  en: {
    sections: {
      data: "My data",
      consents: "Consents",
      history: "What was done with my data",
      requests: "Requests",
      receipts: "Receipts",
      delete: "Delete my data",
    },
    clauseOfPolicy: (clause) => `clause ${clause} of the Policy`,
    stopped: {
      heading: "Processing of your data has been stopped",
      since: (date) => `Stopped on ${date}.`,
      what: "Nobody uses your data any more; they are being destroyed now. When nothing is left, the cabinet will close.",
      due: (date) => `The last day for it is ${date}.`,
      progress: "How the destruction is going",
    },
    back: "Go back",
  },
});
