import { defineTexts } from "../../language/language.ts";

/**
 * The page behind the link of a letter: what pressing does, and what has come of it.
 * A Russian date ends in «г.», whose dot ends its sentence too.
 */
export const confirmTexts = defineTexts({
  ru: {
    above: (number: string) => `Обращение № ${number}`,
    waiting: {
      title: "Прекратить обработку ваших данных?",
      asked: (date: string) => `Обращение с вашего адреса пришло ${date} Подтвердите, что оно ваше.`,
      effects: "Когда вы нажмёте кнопку:",
      stop: "мы сразу прекратим обработку ваших данных: пользоваться ими не сможет никто;",
      destroy: (date: string) => `уничтожим их не позже ${date}: в базе, в письмах и в копиях;`,
      tell: "последним письмом сообщим вам, что всё уничтожено.",
      noWayBack: "Вернуть данные после этого будет нельзя. Незавершённые заявки тоже прекратятся.",
      press: "Да, прекратить и уничтожить",
      notMine: (until: string) =>
        `Если вы не писали нам, просто закройте страницу: без нажатия ничего не произойдёт. Ссылка действует до ${until}.`,
    },
    stopped: {
      title: "Обработка прекращена",
      text: (date: string) => `Вашими данными больше никто не может пользоваться. Мы уничтожим их не позже ${date} и сообщим вам об этом.`,
    },
    destroyed: {
      title: "Ваши данные уничтожены",
      text: (date: string) => `Это сделано ${date} В журнале осталась запись об этом, но без имён и адресов.`,
    },
    closed: {
      title: "Обращение закрыто",
      text: "По этому обращению больше ничего не требуется: его исполнили вместе с другим или на него ответили письмом.",
    },
    expired: {
      title: "Срок ссылки истёк",
      text: "По этой ссылке уже нельзя ничего подтвердить, и ничего не изменилось.",
    },
    unknown: {
      title: "Такой ссылки нет",
      text: "Возможно, адрес скопирован не полностью. Откройте ссылку прямо из письма.",
    },
    again: (address: string) => `Чтобы получить новую ссылку, напишите со своего адреса на ${address}. Тема письма:`,
    cabinet: "Или войдите в личный кабинет",
  },
  ky: {
    above: (number) => `№ ${number} кайрылуу`,
    waiting: {
      title: "Маалымат\u00ADтарыңызды иштетүүнү токтотобузбу?",
      asked: (date) => `Сиздин даректен кайрылуу келген күн: ${date}. Ал Сиздики экенин ырастаңыз.`,
      effects: "Баскычты басканыңызда:",
      stop: "маалыматтарыңызды иштетүүнү дароо токтотобуз: аларды эч ким пайдалана албайт;",
      destroy: (date) => `аларды базадан, каттардан жана көчүрмөлөрдөн жок кылабыз, акыркы мөөнөтү: ${date};`,
      tell: "баары жок кылынганын акыркы кат менен билдиребиз.",
      noWayBack: "Андан кийин маалыматтарды кайтаруу мүмкүн эмес. Аткарыла элек өтүнмөлөр да токтойт.",
      press: "Ооба, токтотуп, жок кылгыла",
      notMine: (until) =>
        `Эгер бизге жазбасаңыз, бул баракты жаап коюңуз: баскыч басылмайынча эч нерсе болбойт. Шилтеменин мөөнөтү: ${until}.`,
    },
    stopped: {
      title: "Иштетүү токтотулду",
      text: (date) => `Маалыматтарыңызды эми эч ким пайдалана албайт. Аларды жок кылып, Сизге кабарлайбыз. Акыркы мөөнөтү: ${date}.`,
    },
    destroyed: {
      title: "Маалыматтарыңыз жок кылынды",
      text: (date) => `Жок кылынган күнү: ${date}. Журналда бул тууралуу жазуу калды, бирок анда ат да, дарек да жок.`,
    },
    closed: {
      title: "Кайрылуу жабылды",
      text: "Бул кайрылуу боюнча эми эч нерсе керек эмес: ал башка кайрылуу менен кошо аткарылды же ага кат менен жооп берилди.",
    },
    expired: {
      title: "Шилтеменин мөөнөтү өтүп кетти",
      text: "Бул шилтеме менен эч нерсени ырастоого болбойт, эч нерсе өзгөргөн жок.",
    },
    unknown: {
      title: "Мындай шилтеме жок",
      text: "Дарек толук көчүрүлбөй калышы мүмкүн. Шилтемени каттын өзүнөн ачыңыз.",
    },
    again: (address) => `Жаңы шилтеме алуу үчүн өз дарегиңизден ${address} дарегине кат жазыңыз. Каттын темасы:`,
    cabinet: "Же жеке кабинетке кириңиз",
  },
  en: {
    above: (number) => `Request No. ${number}`,
    waiting: {
      title: "Stop processing your data?",
      asked: (date) => `A request from your address arrived on ${date}. Please confirm that it is yours.`,
      effects: "When you press the button:",
      stop: "we stop processing your data at once: nobody can use them any more;",
      destroy: (date) => `we destroy them by ${date} at the latest: in the database, in letters and in copies;`,
      tell: "a last letter tells you that everything has been destroyed.",
      noWayBack: "The data cannot be brought back after that. Enquiries that are not finished end too.",
      press: "Yes, stop and destroy",
      notMine: (until) =>
        `If you did not write to us, simply close this page: nothing happens unless the button is pressed. The link is good until ${until}.`,
    },
    stopped: {
      title: "Processing has been stopped",
      text: (date) => `Nobody can use your data any more. We will destroy them by ${date} at the latest, and tell you.`,
    },
    destroyed: {
      title: "Your data have been destroyed",
      text: (date) => `This was done on ${date}. The journal keeps a record of it, without names or addresses.`,
    },
    closed: {
      title: "The request is closed",
      text: "Nothing more is needed for this request: it was carried out together with another one, or answered by letter.",
    },
    expired: {
      title: "The link has expired",
      text: "Nothing can be confirmed by this link any more, and nothing has changed.",
    },
    unknown: {
      title: "There is no such link",
      text: "The address may have been copied incompletely. Open the link from the letter itself.",
    },
    again: (address) => `To get a new link, write from your own address to ${address}. Subject line:`,
    cabinet: "Or sign in to the personal cabinet",
  },
});
