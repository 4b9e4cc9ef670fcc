import { defineTexts } from "../../language/language.ts";

/** Letters that have not left: the outbox, one letter, handing it over. */
export const consoleLettersTexts = defineTexts({
  ru: {
    heading: "Исходящие письма",
    why: {
      heading: "Почему письма ждут",
      noServer:
        "Почтовый сервер не настроен, поэтому письма не отправляются сами: они лежат здесь зашифрованными. Прочитайте письмо, передайте его человеку и отметьте это. Последнее письмо человеку держит уничтожение его данных до самого срока. Коды для входа в кабинет не открываются никому, поэтому без почтового сервера войти в кабинет нельзя.",
      howTo: "Чтобы письма уходили сами, задайте адрес почтового сервера и запустите программу ещё раз:",
      withServer:
        "Почтовый сервер настроен. Здесь письма, которые он пока не смог принять, и те, которые он не примет. Ждущие будут отправлены ещё раз сами.",
    },
    columns: { kind: "Письмо", language: "Язык", time: "Создано", state: "Состояние", attempts: "Попыток отправить" },
    kinds: {
      "enquiry-received": "Подтверждение заявки",
      "sign-in-code": "Код для входа в кабинет",
      "confirm-request": "Подтверждение запроса",
      erased: "Последнее письмо: данные уничтожаются",
    },
    states: { waiting: "Ждёт", failed: "Не отправлено" },
    read: "Прочитать",
    empty: "Неотправленных писем нет",
    emptyHint: "Все письма дошли до почтового сервера или переданы.",
    handedOverNow: "Письмо отмечено переданным",
    letter: {
      here: "Письмо",
      journaled: "Письмо открыто, запись в журнале сделана",
      care: "В письме есть данные человека. Передайте его только этому человеку.",
      to: "Кому",
      line: "Тема",
      text: "Текст письма",
      handOver: "Передано",
      handOverHint: "Отметьте, когда передали письмо человеку. Оно уйдёт из списка.",
      refused: "Письмо не открыто",
      ground: "Основание",
      back: "К списку писем",
    },
  },
  ky: {
    heading: "Жөнөтүлчү каттар",
    why: {
      heading: "Каттар эмне үчүн күтүп турат",
      noServer:
        "Почта сервери жөндөлгөн эмес, ошондуктан каттар өзү жөнөтүлбөйт: алар бул жерде шифрленип сакталып турат. Катты окуп, адамга өткөрүп берип, муну белгилеңиз. Адамга жазылган акыркы кат анын маалыматтарын жок кылууну мөөнөткө чейин кармап турат. Кабинетке кирүү коддору эч кимге ачылбайт, ошондуктан почта серверисиз кабинетке кирүүгө болбойт.",
      howTo: "Каттар өзү жөнөтүлүшү үчүн почта серверинин дарегин көрсөтүп, программаны кайра ишке киргизиңиз:",
      withServer:
        "Почта сервери жөндөлгөн. Бул жерде ал азырынча кабыл ала албаган жана таптакыр кабыл албай турган каттар турат. Күтүп тургандары кайра өзү жөнөтүлөт.",
    },
    columns: {
      kind: "Кат",
      language: "Тили",
      time: "Түзүлгөн убактысы",
      state: "Абалы",
      attempts: "Жөнөтүү аракети",
    },
    kinds: {
      "enquiry-received": "Өтүнмөнү ырастоо",
      "sign-in-code": "Кабинетке кирүү коду",
      "confirm-request": "Суроо-талапты ырастоо",
      erased: "Акыркы кат: маалыматтар жок кылынууда",
    },
    states: { waiting: "Күтүүдө", failed: "Жөнөтүлгөн жок" },
    read: "Окуу",
    empty: "Жөнөтүлбөгөн кат жок",
    emptyHint: "Бардык каттар почта серверине жетти же өткөрүп берилди.",
    handedOverNow: "Кат өткөрүп берилди деп белгиленди",
    letter: {
      here: "Кат",
      journaled: "Кат ачылды, журналга жазылды",
      care: "Катта адамдын маалыматтары бар. Аны ошол адамдын өзүнө гана бериңиз.",
      to: "Кимге",
      line: "Темасы",
      text: "Каттын тексти",
      handOver: "Өткөрүп берилди",
      handOverHint: "Катты адамга өткөрүп бергенде белгилеңиз. Ал тизмеден чыгат.",
      refused: "Кат ачылган жок",
      ground: "Негизи",
      back: "Каттардын тизмесине",
    },
  },
  en: {
    heading: "Outgoing letters",
    why: {
      heading: "Why letters wait",
      noServer:
        "No mail server is configured, so letters do not leave by themselves: they lie here encrypted. Read a letter, pass it on to the person, and mark that you did. The last letter to a person holds the destruction of their data up until it is due. Sign-in codes open to nobody, so without a mail server nobody can sign in to the cabinet.",
      howTo: "For letters to leave by themselves, set the address of a mail server and start the program again:",
      withServer:
        "A mail server is configured. These are letters that it could not take yet, and letters that it never will. Waiting ones are tried again by themselves.",
    },
    columns: { kind: "Letter", language: "Language", time: "Created", state: "State", attempts: "Times tried" },
    kinds: {
      "enquiry-received": "Receipt of an enquiry",
      "sign-in-code": "Code to sign in to the cabinet",
      "confirm-request": "Confirmation of a request",
      erased: "Last letter: data is being destroyed",
    },
    states: { waiting: "Waits", failed: "Not sent" },
    read: "Read",
    empty: "There are no unsent letters",
    emptyHint: "All letters have reached the mail server or been handed over.",
    handedOverNow: "The letter is marked as handed over",
    letter: {
      here: "Letter",
      journaled: "The letter is open, and the journal has recorded it",
      care: "The letter holds a person's data. Give it to that person only.",
      to: "To",
      line: "Subject",
      text: "Text of the letter",
      handOver: "Handed over",
      handOverHint: "Mark it when you have passed the letter on. It will leave the list.",
      refused: "The letter was not opened",
      ground: "Grounds",
      back: "To the list of letters",
    },
  },
});
