import { invitationDays } from "../../staff/invitation.ts";
import { defineTexts } from "../../language/language.ts";
import { pluralEn, pluralRu } from "../../language/plural.ts";

/** Members of staff and invitations. */
export const consoleStaffTexts = defineTexts({
  ru: {
    heading: "Сотрудники",
    members: "Кто работает в консоли",
    columns: { name: "Имя", login: "Логин", role: "Роль", since: "С какого дня" },
    you: "это вы",
    invite: {
      heading: "Пригласить",
      role: "Кем будет новый человек",
      hints: {
        staff: "Работает с заявками, запросами и журналом.",
        administrator: "Ещё и читает исходящие письма и приглашает других.",
      },
      button: "Создать ссылку",
      chooseRole: "Выберите роль.",
      made: "Приглашение готово",
      once: `Передайте эту ссылку лично: она показана один раз, действует ${invitationDays} ${pluralRu(invitationDays, { one: "день", few: "дня", many: "дней" })} и сработает однажды.`,
    },
    waiting: {
      heading: "Приглашения, которые ещё не использованы",
      until: (role: string, date: string) => `${role}: ссылка действует до ${date}`,
    },
  },
  ky: {
    heading: "Кызматкерлер",
    members: "Консолдо кимдер иштейт",
    columns: { name: "Аты", login: "Логин", role: "Ролу", since: "Кайсы күндөн бери" },
    you: "бул Сиз",
    invite: {
      heading: "Чакыруу",
      role: "Жаңы адам ким болот",
      hints: {
        staff: "Өтүнмөлөр, суроо-талаптар жана журнал менен иштейт.",
        administrator: "Мындан тышкары жөнөтүлчү каттарды окуйт жана башкаларды чакырат.",
      },
      button: "Шилтеме түзүү",
      chooseRole: "Ролду тандаңыз.",
      made: "Чакыруу даяр",
      once: `Бул шилтемени өзүнө бериңиз: ал бир жолу гана көрсөтүлөт, ${invitationDays} күн жарактуу жана бир жолу гана иштейт.`,
    },
    waiting: {
      heading: "Али пайдаланыла элек чакыруулар",
      until: (role, date) => `${role}: шилтеменин акыркы мөөнөтү – ${date}`,
    },
  },
  en: {
    heading: "Staff",
    members: "Who works in the console",
    columns: { name: "Name", login: "Login", role: "Role", since: "Since" },
    you: "you",
    invite: {
      heading: "Invite somebody",
      role: "What the new person will be",
      hints: {
        staff: "Works with enquiries, requests and the journal.",
        administrator: "Reads outgoing letters and invites others as well.",
      },
      button: "Make a link",
      chooseRole: "Choose a role.",
      made: "The invitation is ready",
      once: `Hand this link over in person: it is shown once, is good for ${invitationDays} ${pluralEn(invitationDays, { one: "day", other: "days" })} and works one time.`,
    },
    waiting: {
      heading: "Invitations not used yet",
      until: (role, date) => `${role}: the link is good until ${date}`,
    },
  },
});
