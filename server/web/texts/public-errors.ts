import { defineTexts } from "../../language/language.ts";

/** What a page says when a request cannot be served: what was wrong, and what the person can do now. */
export const errorTexts = defineTexts({
  ru: {
    400: {
      heading: "Не удалось прочитать то, что пришло",
      what: "Браузер прислал данные в виде, который мы не можем понять без ошибки. Ничего не сохранено.",
      todo: "Вернитесь на предыдущую страницу, обновите её и отправьте ещё раз.",
    },
    403: {
      heading: "Эта форма отправлена не с нашего сайта",
      what:
        "Мы принимаем формы только со своих страниц: так никто не сможет действовать от вашего имени. " +
        "Ничего не сохранено.",
      todo:
        "Откройте страницу на нашем сайте и заполните форму там. Если вы и так были на нашем сайте, " +
        "разрешите браузеру сообщать нам, с какой нашей страницы вы пришли.",
    },
    404: {
      heading: "Такой страницы нет",
      what: "Возможно, в адресе опечатка или страницу перенесли.",
      todo: "Проверьте адрес или начните с главной страницы.",
    },
    405: {
      heading: "Так к этой странице обратиться нельзя",
      what: "Страница существует, но не принимает такое действие. Ничего не изменено.",
      todo: "Откройте её обычным образом, по ссылке или по адресу.",
    },
    413: {
      heading: "Прислано слишком много",
      what: "Форма принимает до двух мегабайт, а пришло больше. Ничего не сохранено.",
      todo: "Вернитесь на предыдущую страницу: введённое осталось в браузере. Сократите текст и отправьте ещё раз.",
    },
    415: {
      heading: "Форма прислана в неизвестном виде",
      what:
        "Мы читаем обычные веб-формы (application/x-www-form-urlencoded) в кодировке UTF-8, " +
        "а пришло другое. Ничего не сохранено.",
      todo: "Откройте форму на нашем сайте и отправьте её оттуда.",
    },
    422: {
      heading: "Так принять не получится",
      what: "Прислано то, чего эта страница принять не может. Ничего не сохранено.",
      todo: "Вернитесь на предыдущую страницу, проверьте введённое и отправьте ещё раз.",
    },
    429: {
      heading: "Слишком много попыток подряд",
      what: "Мы ограничиваем частоту отправки, чтобы форму не забросали машины. Ничего не потеряно.",
      todo: "Подождите минуту, вернитесь на предыдущую страницу и отправьте ещё раз: введённое осталось в браузере.",
    },
    500: {
      heading: "У нас произошла ошибка",
      what: "Это наша вина, а не ваша. Действие не выполнено или выполнено не до конца; мы уже записали сбой.",
      todo: "Попробуйте ещё раз через несколько минут. Если не получится, напишите нам: адрес внизу страницы.",
    },
    fields: {
      "broken-text": (field: string) => `Текст в поле «${field}» пришёл повреждённым: это не UTF-8.`,
      "repeated-field": (field: string) => `Поле «${field}» пришло дважды, и мы не станем выбирать за вас.`,
      "forbidden-character": (field: string) => `В поле «${field}» есть служебный знак, который нельзя хранить.`,
      "unknown-field": (field: string) => `Этой форме не нужно поле «${field}», и мы его не берём.`,
      "unknown-value": (field: string) => `В поле «${field}» пришло то, чего в нём быть не может.`,
      "unknown-purpose": (field: string) => `Согласие «${field}» в этой форме не предлагалось, и мы его не записываем.`,
    },
    namelessField: "без названия",
    underClause: (clause: string) => `Политика, пункт ${clause}`,
    back: "На главную",
  },
  ky: {
    400: {
      heading: "Келген маалыматты окуй алган жокпуз",
      what: "Браузер маалыматты биз катасыз түшүнө албаган түрдө жөнөттү. Эч нерсе сакталган жок.",
      todo: "Мурунку бетке кайтып, аны жаңыртып, кайра жөнөтүңүз.",
    },
    403: {
      heading: "Бул форма биздин сайттан жөнөтүлгөн эмес",
      what:
        "Биз формаларды өз барактарыбыздан гана кабыл алабыз: ошондо Сиздин атыңыздан эч ким аракет кыла албайт. " +
        "Эч нерсе сакталган жок.",
      todo:
        "Баракты биздин сайттан ачып, форманы ошол жерден толтуруңуз. Эгер биздин сайтта болсоңуз, " +
        "браузерге кайсы барагыбыздан келгениңизди бизге билдирүүгө уруксат бериңиз.",
    },
    404: {
      heading: "Мындай барак жок",
      what: "Даректе ката болушу же барак башка жакка көчүрүлүшү мүмкүн.",
      todo: "Даректи текшериңиз же башкы беттен баштаңыз.",
    },
    405: {
      heading: "Бул баракка минтип кайрылууга болбойт",
      what: "Барак бар, бирок мындай аракетти кабыл албайт. Эч нерсе өзгөргөн жок.",
      todo: "Аны кадимкидей, шилтеме же дарек аркылуу ачыңыз.",
    },
    413: {
      heading: "Өтө көп маалымат жөнөтүлдү",
      what: "Форма эки мегабайтка чейин кабыл алат, ал эми келгени андан көп. Эч нерсе сакталган жок.",
      todo: "Мурунку бетке кайтыңыз: жазганыңыз браузерде калды. Текстти кыскартып, кайра жөнөтүңүз.",
    },
    415: {
      heading: "Форма белгисиз түрдө жөнөтүлдү",
      what:
        "Биз UTF-8 коддоосундагы кадимки веб-формаларды (application/x-www-form-urlencoded) окуйбуз, " +
        "ал эми башкасы келди. Эч нерсе сакталган жок.",
      todo: "Форманы биздин сайттан ачып, ошол жерден жөнөтүңүз.",
    },
    422: {
      heading: "Муну кабыл алууга болбойт",
      what: "Бул барак кабыл ала албаган нерсе жөнөтүлдү. Эч нерсе сакталган жок.",
      todo: "Мурунку бетке кайтып, жазганыңызды текшерип, кайра жөнөтүңүз.",
    },
    429: {
      heading: "Катары менен өтө көп аракет жасалды",
      what: "Форманы машиналар толтуруп салбашы үчүн жөнөтүү жыштыгын чектейбиз. Эч нерсе жоголгон жок.",
      todo: "Бир мүнөт күтүп, мурунку бетке кайтып, кайра жөнөтүңүз: жазганыңыз браузерде калды.",
    },
    500: {
      heading: "Бизде ката кетти",
      what: "Бул Сиздин эмес, биздин күнөөбүз. Аракет аткарылган жок же аягына чыкпай калды; катаны жазып алдык.",
      todo: "Бир нече мүнөттөн кийин кайра аракет кылыңыз. Болбосо бизге жазыңыз: дарек барактын ылдый жагында.",
    },
    fields: {
      "broken-text": (field) => `«${field}» тилкесиндеги текст бузулуп келди: бул UTF-8 эмес.`,
      "repeated-field": (field) => `«${field}» тилкеси эки жолу келди, Сиз үчүн биз тандабайбыз.`,
      "forbidden-character": (field) => `«${field}» тилкесинде сактоого болбой турган кызматтык белги бар.`,
      "unknown-field": (field) => `Бул формага «${field}» тилкеси керек эмес, аны албайбыз.`,
      "unknown-value": (field) => `«${field}» тилкесине мүмкүн болбогон нерсе келди.`,
      "unknown-purpose": (field) => `Бул формада «${field}» макулдугу сунушталган эмес, аны жазбайбыз.`,
    },
    namelessField: "аталышы жок",
    underClause: (clause) => `Саясат, ${clause}-пункт`,
    back: "Башкы бетке",
  },
  en: {
    400: {
      heading: "We could not read what arrived",
      what: "The browser sent data in a form that we cannot understand without guessing. Nothing was saved.",
      todo: "Go back to the previous page, reload it and send it again.",
    },
    403: {
      heading: "This form was not sent from our site",
      what: "We take forms only from our own pages, so that nobody can act in your name. Nothing was saved.",
      todo:
        "Open the page on our site and fill in the form there. If you were on our site already, allow your browser " +
        "to tell us which of our pages you came from.",
    },
    404: {
      heading: "There is no such page",
      what: "The address may have a typing error, or the page has moved.",
      todo: "Check the address, or start from the front page.",
    },
    405: {
      heading: "This page cannot be used in that way",
      what: "The page exists but does not take this action. Nothing was changed.",
      todo: "Open it in the usual way, by a link or its address.",
    },
    413: {
      heading: "Too much was sent",
      what: "The form takes up to two megabytes, and more arrived. Nothing was saved.",
      todo: "Go back to the previous page: what you typed is still in your browser. Shorten it and send it again.",
    },
    415: {
      heading: "The form arrived in an unknown format",
      what:
        "We read ordinary web forms (application/x-www-form-urlencoded) in UTF-8, and something else arrived. " +
        "Nothing was saved.",
      todo: "Open the form on our site and send it from there.",
    },
    422: {
      heading: "This cannot be taken",
      what: "Something was sent that this page cannot take. Nothing was saved.",
      todo: "Go back to the previous page, check what you typed and send it again.",
    },
    429: {
      heading: "Too many attempts in a row",
      what: "We limit how often a form can be sent, so that machines cannot flood it. Nothing is lost.",
      todo: "Wait a minute, go back to the previous page and send it again: what you typed is still in your browser.",
    },
    500: {
      heading: "Something went wrong on our side",
      what: "This is our fault, not yours. The action was not done, or not completed; the fault has been recorded.",
      todo: "Try again in a few minutes. If that does not help, write to us: the address is at the foot of the page.",
    },
    fields: {
      "broken-text": (field) => `The text in the field “${field}” arrived damaged: it is not UTF-8.`,
      "repeated-field": (field) => `The field “${field}” arrived twice, and we will not choose for you.`,
      "forbidden-character": (field) => `The field “${field}” holds a control character that cannot be kept.`,
      "unknown-field": (field) => `This form does not need the field “${field}”, and we do not take it.`,
      "unknown-value": (field) => `The field “${field}” holds what it cannot hold.`,
      "unknown-purpose": (field) => `The consent “${field}” was not offered in this form, and we do not record it.`,
    },
    namelessField: "without a name",
    underClause: (clause) => `Policy, clause ${clause}`,
    back: "To the front page",
  },
});
