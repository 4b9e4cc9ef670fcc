import { longestName, longestPassword, shortestPassword } from "../../staff/new-member.ts";
import { defineTexts } from "../../language/language.ts";
import { pluralEn, pluralRu } from "../../language/plural.ts";

/** Signing in to the console, and the page behind an invitation. */
export const consoleSignInTexts = defineTexts({
  ru: {
    signIn: {
      heading: "Вход для сотрудников",
      lede: "Здесь работают с заявками и запросами. Каждое открытие данных попадает в журнал.",
      login: "Логин",
      password: "Пароль",
      button: "Войти",
      wrong: "Логин или пароль не подошли. Проверьте раскладку клавиатуры и попробуйте ещё раз.",
      tooMany: (minutes: number) =>
        `Слишком много попыток. Подождите ${minutes} ${pluralRu(minutes, { one: "минуту", few: "минуты", many: "минут" })} и попробуйте снова.`,
      noPassword: "Входят по приглашению администратора. Если вы забыли пароль, попросите новое приглашение.",
      forPeople: "Ищете свои данные?",
      toCabinet: "Войдите в личный кабинет",
    },
    invitation: {
      heading: "Добро пожаловать в команду",
      lede: {
        administrator: "Вас пригласили администратором. Придумайте логин и пароль: ссылка сработает один раз.",
        staff: "Вас пригласили сотрудником. Придумайте логин и пароль: ссылка сработает один раз.",
      },
      expires: (date: string) => `Приглашение действует до: ${date}.`,
      login: "Логин",
      loginHint: "От 3 до 40 знаков: латинские буквы, цифры, точка и дефис.",
      name: "Как вас зовут",
      nameHint: "Это имя увидят коллеги в журнале.",
      password: "Пароль",
      passwordHint: `Не короче ${shortestPassword} знаков. Удобно взять несколько слов подряд.`,
      button: "Начать работу",
      faults: {
        "login-shape":
          "Логин: от 3 до 40 знаков – латинские буквы, цифры, точка и дефис; в начале и в конце буква или цифра.",
        "name-missing": "Напишите, как вас зовут.",
        "name-too-long": `Имя длиннее ${longestName} знаков. Сократите его, пожалуйста.`,
        "password-short": `Пароль короче ${shortestPassword} знаков. Добавьте ещё слово.`,
        "password-long": `Пароль длиннее ${longestPassword} знаков. Возьмите покороче.`,
        "password-is-login": "Пароль совпадает с логином. Придумайте другой.",
        "password-common": "Такой пароль подбирают первым. Придумайте другой.",
      },
      loginTaken: "Такой логин уже занят. Придумайте другой.",
      gone: {
        used: {
          heading: "Приглашение уже использовано",
          body: "Если это были вы, просто войдите. Если нет, сообщите администратору.",
        },
        expired: {
          heading: "Срок приглашения истёк",
          body: "Попросите у администратора новое.",
        },
        unknown: {
          heading: "Такого приглашения нет",
          body: "Проверьте, что ссылка скопирована целиком. Ссылку первого администратора программа выводит при запуске; новая заменяет прежнюю.",
        },
      },
      toSignIn: "Ко входу",
    },
  },
  ky: {
    signIn: {
      heading: "Кызматкерлер үчүн кирүү",
      lede: "Бул жерде өтүнмөлөр жана суроо-талаптар менен иштешет. Маалыматтардын ар бир ачылышы журналга түшөт.",
      login: "Логин",
      password: "Сырсөз",
      button: "Кирүү",
      wrong: "Логин же сырсөз туура келген жок. Клавиатуранын тилин текшерип, кайра аракет кылыңыз.",
      tooMany: (minutes) => `Аракеттер өтө көп болду. ${minutes} мүнөт күтүп, кайра аракет кылыңыз.`,
      noPassword: "Администратордун чакыруусу менен киришет. Сырсөзүңүздү унутсаңыз, жаңы чакыруу сураңыз.",
      forPeople: "Өзүңүздүн маалыматтарыңызды издеп жатасызбы?",
      toCabinet: "Жеке кабинетке кириңиз",
    },
    invitation: {
      heading: "Командага кош келиңиз",
      lede: {
        administrator: "Сизди администратор катары чакырышты. Логин жана сырсөз ойлоп табыңыз: шилтеме бир жолу гана иштейт.",
        staff: "Сизди кызматкер катары чакырышты. Логин жана сырсөз ойлоп табыңыз: шилтеме бир жолу гана иштейт.",
      },
      expires: (date) => `Чакыруунун акыркы мөөнөтү: ${date}.`,
      login: "Логин",
      loginHint: "3төн 40ка чейин белги: латын тамгалары, сандар, чекит жана дефис.",
      name: "Атыңыз ким",
      nameHint: "Бул атты кесиптештериңиз журналдан көрүшөт.",
      password: "Сырсөз",
      passwordHint: `${shortestPassword} белгиден кем эмес. Катары менен бир нече сөз алуу ыңгайлуу.`,
      button: "Ишти баштоо",
      faults: {
        "login-shape":
          "Логин: 3төн 40ка чейин белги – латын тамгалары, сандар, чекит жана дефис; башында жана аягында тамга же сан болсун.",
        "name-missing": "Атыңызды жазыңыз.",
        "name-too-long": `Атыңыз ${longestName} белгиден узун. Сураныч, кыскартыңыз.`,
        "password-short": `Сырсөз ${shortestPassword} белгиден кыска. Дагы бир сөз кошуңуз.`,
        "password-long": `Сырсөз ${longestPassword} белгиден узун. Кыскарагын алыңыз.`,
        "password-is-login": "Сырсөз логин менен бирдей. Башкасын ойлоп табыңыз.",
        "password-common": "Мындай сырсөздү эң биринчи тандап көрүшөт. Башкасын ойлоп табыңыз.",
      },
      loginTaken: "Мындай логин бош эмес. Башкасын ойлоп табыңыз.",
      gone: {
        used: {
          heading: "Чакыруу мурда пайдаланылган",
          body: "Эгер аны Сиз пайдалансаңыз, жөн гана кириңиз. Андай болбосо, администраторго билдириңиз.",
        },
        expired: {
          heading: "Чакыруунун мөөнөтү бүттү",
          body: "Администратордон жаңысын сураңыз.",
        },
        unknown: {
          heading: "Мындай чакыруу жок",
          body: "Шилтеме толугу менен көчүрүлгөнүн текшериңиз. Биринчи администратордун шилтемесин программа ишке киргенде чыгарат; жаңысы мурункусун алмаштырат.",
        },
      },
      toSignIn: "Кирүү барагына",
    },
  },
  en: {
    signIn: {
      heading: "Sign in for staff",
      lede: "Enquiries and requests are handled here. Every time data are opened, the journal records it.",
      login: "Login",
      password: "Password",
      button: "Sign in",
      wrong: "That login or password did not match. Check the keyboard layout and try again.",
      tooMany: (minutes) =>
        `Too many attempts. Please wait ${minutes} ${pluralEn(minutes, { one: "minute", other: "minutes" })} and try again.`,
      noPassword: "People come in by an administrator's invitation. If you forgot your password, ask for a new one.",
      forPeople: "Looking for your own data?",
      toCabinet: "Sign in to your personal cabinet",
    },
    invitation: {
      heading: "Welcome to the team",
      lede: {
        administrator: "You are invited as an administrator. Choose a login and a password: the link works once.",
        staff: "You are invited as a member of staff. Choose a login and a password: the link works once.",
      },
      expires: (date) => `The invitation is good until: ${date}.`,
      login: "Login",
      loginHint: "3 to 40 characters: Latin letters, digits, dot and hyphen.",
      name: "Your name",
      nameHint: "Your colleagues will see it in the journal.",
      password: "Password",
      passwordHint: `At least ${shortestPassword} characters. A few words in a row do well.`,
      button: "Start working",
      faults: {
        "login-shape":
          "Login: 3 to 40 characters – Latin letters, digits, dot and hyphen, with a letter or digit first and last.",
        "name-missing": "Please write your name.",
        "name-too-long": `The name is longer than ${longestName} characters. Please shorten it.`,
        "password-short": `The password is shorter than ${shortestPassword} characters. Add one more word.`,
        "password-long": `The password is longer than ${longestPassword} characters. Choose a shorter one.`,
        "password-is-login": "The password is the same as the login. Choose another one.",
        "password-common": "This password is among the first to be guessed. Choose another one.",
      },
      loginTaken: "This login is taken. Choose another one.",
      gone: {
        used: {
          heading: "The invitation has been used",
          body: "If it was you, simply sign in. If not, tell an administrator.",
        },
        expired: {
          heading: "The invitation has expired",
          body: "Ask an administrator for a new one.",
        },
        unknown: {
          heading: "There is no such invitation",
          body: "Check that the whole link was copied. The first administrator's link is printed when the program starts; a new one replaces the one before.",
        },
      },
      toSignIn: "To sign in",
    },
  },
});
