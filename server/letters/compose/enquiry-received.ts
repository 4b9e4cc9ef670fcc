import { type FormId, policy, type PurposeId } from "../../config/policy.ts";
import { pathInLanguage, type Language } from "../../language/language.ts";
import { type ComposedLetter, frameLetter, list } from "./letter-frame.ts";

/** Nothing here names the person: what they typed does not travel by e-mail once more. */
export interface EnquiryReceivedFacts {
  /** Number of the enquiry. */
  readonly number: string;
  readonly form: FormId;
  /** The purposes that were agreed to, the form's own included. */
  readonly given: readonly PurposeId[];
  /** Where the site stands, as in the configuration. */
  readonly origin: string;
}

/** Confirms an enquiry: what was agreed to, and how to see the data or take consent back (4, 6, 7). */
export function composeEnquiryReceived(language: Language, facts: EnquiryReceivedFacts): ComposedLetter {
  return compose[language](facts);
}

const { email } = policy.controller;
const { subjectLines } = policy.requests.stop;

const compose: { readonly [L in Language]: (facts: EnquiryReceivedFacts) => ComposedLetter } = {
  ru: ({ number, form, given, origin }) =>
    frameLetter("ru", `Ваша заявка № ${number} получена`, [
      `Спасибо! Мы получили вашу заявку № ${number} («${policy.forms[form].title.ru}») и свяжемся с вами.`,
      "Ваши данные мы используем только для этого:\n" +
        list(given.map((id) => `${policy.purposes[id].title.ru} (пункт ${id} Политики)`)),
      "Посмотреть свои данные, отозвать согласие и удалить данные можно в личном кабинете:\n" +
        page(origin, "ru", "/cabinet"),
      `Прекратить обработку можно и письмом: напишите с этого адреса на ${email}, тема – «${subjectLines.ru}».`,
      `Политика обработки персональных данных:\n${page(origin, "ru", "/policy")}`,
    ]),
  ky: ({ number, form, given, origin }) =>
    frameLetter("ky", `№ ${number} өтүнмөңүз кабыл алынды`, [
      `Рахмат! № ${number} өтүнмөңүздү («${policy.forms[form].title.ky}») кабыл алдык, Сиз менен байланышабыз.`,
      "Маалыматтарыңызды ушул максаттар үчүн гана пайдаланабыз:\n" +
        list(given.map((id) => `${policy.purposes[id].title.ky} (Саясаттын ${id}-пункту)`)),
      "Маалыматтарыңызды жеке кабинетте көрүп, макулдукту кайтарып алып же маалыматтарды өчүрө аласыз:\n" +
        page(origin, "ky", "/cabinet"),
      "Маалыматтарды иштетүүнү кат менен да токтото аласыз: ушул даректен " +
        `${email} дарегине «${subjectLines.ky}» деген тема менен жазыңыз.`,
      `Жеке маалыматтарды иштетүү саясаты:\n${page(origin, "ky", "/policy")}`,
    ]),
  en: ({ number, form, given, origin }) =>
    frameLetter("en", `We have received your enquiry No. ${number}`, [
      `Thank you! We have received your enquiry No. ${number} (“${policy.forms[form].title.en}”) ` +
        "and will contact you.",
      "We use your data only for this:\n" +
        list(given.map((id) => `${policy.purposes[id].title.en} (clause ${id} of the Policy)`)),
      "You can see your data, withdraw consent and delete the data in the personal cabinet:\n" +
        page(origin, "en", "/cabinet"),
      `You can stop the processing by letter too: write from this address to ${email}, with the subject line ` +
        `«${subjectLines.ru}» or «${subjectLines.ky}».`,
      `Personal Data Processing Policy:\n${page(origin, "en", "/policy")}`,
    ]),
};

function page(origin: string, language: Language, path: string): string {
  return `${origin}${pathInLanguage(language, path)}`;
}
