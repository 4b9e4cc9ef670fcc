import { policy } from "../../config/policy.ts";
import { formatDate, formatDateTime } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import { pluralEn, pluralRu } from "../../language/plural.ts";
import { type ComposedLetter, frameLetter, list } from "./letter-frame.ts";

export interface ConfirmRequestFacts {
  /** Number in the register of requests. */
  readonly number: string;
  /** The page with the button; good for one press. */
  readonly link: string;
  readonly linkUntil: Temporal.Instant;
  /** The last day of the time limit for destruction. */
  readonly dueOn: Temporal.PlainDate;
}

/**
 * Asks the owner of an address whether the demand to stop processing is theirs (7). The same words go to a person
 * who is known and to one who is not, so that the letter tells nobody whose data is held.
 */
export function composeConfirmRequest(language: Language, facts: ConfirmRequestFacts): ComposedLetter {
  return compose[language](facts);
}

const { days } = policy.requests.stop.limit;

const compose: { readonly [L in Language]: (facts: ConfirmRequestFacts) => ComposedLetter } = {
  ru: ({ number, link, linkUntil, dueOn }) =>
    frameLetter("ru", "Подтвердите прекращение обработки ваших данных", [
      "Мы получили письмо с требованием прекратить обработку персональных данных, связанных с этим адресом " +
        `электронной почты. Номер обращения – ${number}.`,
      "Чтобы никто другой не мог распорядиться вашими данными, подтвердите, что этого хотите вы. Откройте страницу " +
        "и нажмите на ней кнопку:",
      link,
      `Ссылка действует до ${formatDateTime(linkUntil, "ru")} и только один раз.`,
      `Что будет после нажатия:\n${list([
        "обработка ваших данных прекратится в ту же минуту;",
        `все данные о вас будут уничтожены: обычно сразу, а по Политике – не позже чем через ${days} ` +
          `${pluralRu(days, { one: "день", few: "дня", many: "дней" })}, то есть до ${formatDate(dueOn, "ru")} ` +
          "включительно;",
        "мы сообщим вам об этом последним письмом на этот адрес.",
      ])}`,
      "Отменить уничтожение будет нельзя. Если вы не просили об этом, ничего не делайте: без нажатия кнопки ничего " +
        "не изменится.",
      "Основание: пункты 7 и 17 Политики обработки персональных данных.",
    ]),
  ky: ({ number, link, linkUntil, dueOn }) =>
    frameLetter("ky", "Маалыматтарыңызды иштетүүнү токтотууну ырастаңыз", [
      "Ушул электрондук почта дарегине байланыштуу жеке маалыматтарды иштетүүнү токтотуу талабы менен кат алдык. " +
        `Кайрылуунун номери – ${number}.`,
      "Маалыматтарыңызды башка бирөө тескей албашы үчүн муну Сиз каалаганыңызды ырастаңыз. Баракты ачып, андагы " +
        "баскычты басыңыз:",
      link,
      `Шилтеме бир жолу гана иштейт. Анын мөөнөтү: ${formatDateTime(linkUntil, "ky")}.`,
      `Баскычты баскандан кийин эмне болот:\n${list([
        "маалыматтарыңызды иштетүү ошол замат токтотулат;",
        `Сиз жөнүндө бардык маалыматтар жок кылынат: адатта дароо, ал эми Саясат боюнча ${days} күндөн ` +
          `кечиктирилбестен (акыркы күнү: ${formatDate(dueOn, "ky")});`,
        "бул тууралуу ушул дарекке акыркы кат менен кабарлайбыз.",
      ])}`,
      "Жок кылынган маалыматтарды кайтаруу мүмкүн эмес. Эгер муну Сиз сурабасаңыз, эч нерсе кылбаңыз: баскыч " +
        "басылмайынча эч нерсе өзгөрбөйт.",
      "Негизи: Жеке маалыматтарды иштетүү саясатынын 7 жана 17-пункттары.",
    ]),
  en: ({ number, link, linkUntil, dueOn }) =>
    frameLetter("en", "Please confirm that we should stop processing your data", [
      "We have received a letter that demands that we stop processing the personal data connected with this e-mail " +
        `address. The number of the request is ${number}.`,
      "So that nobody else can decide about your data, please confirm that this is what you want. Open the page and " +
        "press the button on it:",
      link,
      `The link works once, until ${formatDateTime(linkUntil, "en")}.`,
      `What happens when you press it:\n${list([
        "processing of your data stops at once;",
        `all data about you is destroyed: usually right away, and under the Policy within ${days} ` +
          `${pluralEn(days, { one: "day", other: "days" })}, by ${formatDate(dueOn, "en")} at the latest;`,
        "we tell you so in a last letter to this address.",
      ])}`,
      "This cannot be undone. If you did not ask for it, do nothing: without the button, nothing changes.",
      "Grounds: clauses 7 and 17 of the Personal Data Processing Policy.",
    ]),
};
