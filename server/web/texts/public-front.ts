import { defineTexts } from "../../language/language.ts";

/** The front page: what the school offers, its forms, and what the policy promises, each with its clause. */
export const frontTexts = defineTexts({
  ru: {
    heading: (site: string) => `Онлайн\u2011школа ${site}`,
    lede:
      "Подскажем, с какого курса начать, запишем и оформим заказ. А с вашими данными сделаем только то, что обещали, " +
      "и ни шагом больше.",
    readPolicy: "Что мы обещаем в Политике",
    forms: "С чего начнём?",
    promises: "Наши обещания",
    promisesLede: "Каждое взято из Политики. Номер ведёт к пункту, где оно записано.",
    promise: {
      little: {
        heading: "Просим немного",
        text: "Фамилию, имя, телефон и, если нужно, адрес почты. Лишнего не спрашиваем и не храним.",
      },
      purposes: {
        heading: "Только для названных целей",
        text: "Все они перечислены в Политике. Данные, взятые для одной цели, не пойдут на другую, а на рассылки мы спросим отдельно.",
      },
      thirdParties: {
        heading: "Не передаём без согласия",
        text: "Партнёры получат ваши данные, только если это нужно для вашей заявки и вы на это согласны.",
      },
      yours: {
        heading: "Покажем и исправим",
        text: "Бесплатно покажем всё, что храним о вас. Неточное исправим за\u00A07\u00A0рабочих дней и сообщим об этом.",
      },
      stop: {
        heading: "Остановимся по первому слову",
        text: "Отзовёте согласие – прекратим обработку сразу, а данные уничтожим не позже чем через\u00A030\u00A0дней.",
      },
    },
    clause: (clause: string) => `Пункт ${clause}`,
    cabinet: {
      heading: "Ваши данные под вашим присмотром",
      text:
        "В личном кабинете видно, что мы о вас храним, на что вы согласились и что с данными делали. " +
        "Там же можно отозвать согласие или всё удалить.",
      open: "Открыть личный кабинет",
    },
  },
  ky: {
    heading: (site) => `${site} онлайн-мектеби`,
    lede:
      "Кайсы курстан баштоону айтып беребиз, курска жазабыз жана буйрутмаңызды тариздейбиз. Ал эми маалыматтарыңыз менен " +
      "убада кылганыбызды гана жасайбыз, андан ашык эч нерсе кылбайбыз.",
    readPolicy: "Саясатта эмнени убада кылабыз",
    forms: "Эмнеден баштайбыз?",
    promises: "Биздин убадаларыбыз",
    promisesLede: "Ар бири Саясаттан алынган. Номери ал жазылган пунктка алып барат.",
    promise: {
      little: {
        heading: "Азын гана сурайбыз",
        text: "Фамилияңызды, атыңызды, телефонуңузду жана керек болсо, электрондук почтаңызды. Ашыкчасын сурабайбыз жана сактабайбыз.",
      },
      purposes: {
        heading: "Аталган максаттар үчүн гана",
        text: "Алардын баары Саясатта саналган. Бир максат үчүн алынган маалымат башкасына жумшалбайт, ал эми таркатма билдирүүлөр үчүн өзүнчө сурайбыз.",
      },
      thirdParties: {
        heading: "Макулдугуңузсуз бербейбиз",
        text: "Өнөктөштөр маалыматтарыңызды өтүнмөңүз үчүн керек болсо жана Сиз макул болсоңуз гана алышат.",
      },
      yours: {
        heading: "Көрсөтөбүз жана оңдойбуз",
        text: "Сиз жөнүндө эмне сактаганыбызды акысыз көрсөтөбүз. Так эмесин 7\u00A0жумушчу күндө оңдоп, кабарлайбыз.",
      },
      stop: {
        heading: "Айтканыңызда эле токтойбуз",
        text: "Макулдугуңузду кайтарып алсаңыз, иштетүүнү дароо токтотобуз, маалыматтарды 30\u00A0күндөн кечиктирбей жок кылабыз.",
      },
    },
    clause: (clause) => `${clause}-пункт`,
    cabinet: {
      heading: "Маалыматтарыңыз өзүңүздүн көзөмөлүңүздө",
      text:
        "Жеке кабинетте Сиз жөнүндө эмне сактаганыбыз, эмнеге макулдук бергениңиз жана маалыматтар менен эмне кылынганы " +
        "көрүнүп турат. Ошол эле жерден макулдукту кайтарып алууга же баарын өчүрүүгө болот.",
      open: "Жеке кабинетти ачуу",
    },
  },
  en: {
    heading: (site) => `The online school ${site}`,
    lede:
      "We will suggest where to start, enrol you and take your order. With your data we will do what we promised, " +
      "and not one step more.",
    readPolicy: "What we promise in the Policy",
    forms: "Where shall we start?",
    promises: "Our promises",
    promisesLede: "Each one comes from the Policy. Its number leads to the clause where it stands.",
    promise: {
      little: {
        heading: "We ask for little",
        text: "Your surname, first name, phone number and, where needed, e-mail address. Nothing beyond that is asked or kept.",
      },
      purposes: {
        heading: "Only for the purposes we name",
        text: "The Policy lists them all. Data taken for one do not go to another, and for mailings we ask you separately.",
      },
      thirdParties: {
        heading: "Not passed on without consent",
        text: "Partners get your data only where your enquiry needs it and you have agreed.",
      },
      yours: {
        heading: "We show and we correct",
        text: "We show you all we hold about you, free of charge. What is wrong we correct within 7\u00A0working days, and tell you.",
      },
      stop: {
        heading: "We stop when you say so",
        text: "Withdraw your consent and processing stops at once; the data are destroyed within 30\u00A0days.",
      },
    },
    clause: (clause) => `Clause ${clause}`,
    cabinet: {
      heading: "Your data, watched by you",
      text:
        "Your personal cabinet shows what we hold about you, what you agreed to and what was done with your data. " +
        "There you can also withdraw a consent or delete everything.",
      open: "Open the personal cabinet",
    },
  },
});
