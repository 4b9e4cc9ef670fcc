import { defineTexts } from "../../language/language.ts";

/** The frame of the console and the words that several of its pages share. */
export const consoleTexts = defineTexts({
  ru: {
    title: "Консоль",
    sections: {
      overview: "Обзор",
      enquiries: "Заявки",
      requests: "Запросы",
      letters: "Исходящие письма",
      journal: "Журнал",
      evidence: "Доказательства",
      staff: "Сотрудники",
    },
    languages: { ru: "Русский", ky: "Кыргызский", en: "Английский" },
    clause: (number: string) => `пункт ${number}`,
    show: "Показать",
    older: "Показать более ранние",
    newest: "К самым новым",
    roles: { administrator: "Администратор", staff: "Сотрудник" },
    noSuchPage: {
      heading: "Здесь ничего нет",
      body: "Такой записи нет, или её данные уже уничтожены.",
    },
    administratorsOnly: {
      heading: "Этот раздел открыт только администраторам",
      body: "Если он нужен вам для работы, обратитесь к администратору.",
    },
  },
  ky: {
    title: "Консоль",
    sections: {
      overview: "Жалпы көрүнүш",
      enquiries: "Өтүнмөлөр",
      requests: "Суроо-талаптар",
      letters: "Жөнөтүлчү каттар",
      journal: "Журнал",
      evidence: "Далилдер",
      staff: "Кызматкерлер",
    },
    languages: { ru: "Орусча", ky: "Кыргызча", en: "Англисче" },
    clause: (number) => `${number}-пункт`,
    show: "Көрсөтүү",
    older: "Мурункуларын көрсөтүү",
    newest: "Эң жаңыларына",
    roles: { administrator: "Администратор", staff: "Кызматкер" },
    noSuchPage: {
      heading: "Бул жерде эч нерсе жок",
      body: "Мындай жазуу жок же анын маалыматтары жок кылынган.",
    },
    administratorsOnly: {
      heading: "Бул бөлүм администраторлор үчүн гана ачык",
      body: "Эгер ал ишиңиз үчүн керек болсо, администраторго кайрылыңыз.",
    },
  },
  en: {
    title: "Console",
    sections: {
      overview: "Overview",
      enquiries: "Enquiries",
      requests: "Requests",
      letters: "Outgoing letters",
      journal: "Journal",
      evidence: "Evidence",
      staff: "Staff",
    },
    languages: { ru: "Russian", ky: "Kyrgyz", en: "English" },
    clause: (number) => `clause ${number}`,
    show: "Show",
    older: "Show earlier ones",
    newest: "To the newest",
    roles: { administrator: "Administrator", staff: "Member of staff" },
    noSuchPage: {
      heading: "There is nothing here",
      body: "There is no such record, or its data have already been destroyed.",
    },
    administratorsOnly: {
      heading: "This section is open to administrators only",
      body: "If you need it for your work, please ask an administrator.",
    },
  },
});
