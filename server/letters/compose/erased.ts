import { policy } from "../../config/policy.ts";
import { formatDate } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import { type ComposedLetter, frameLetter } from "./letter-frame.ts";

export interface ErasedFacts {
  /** The day of the letter, where the controller is. */
  readonly on: Temporal.PlainDate;
  /** Number in the register of requests; undefined where no request led to it (17.4). */
  readonly requestNumber: string | undefined;
  /** How many go with the letter. */
  readonly receipts: number;
}

/** The last letter: it leaves before the data goes, and the address goes last (17, K11). */
export function composeErased(language: Language, facts: ErasedFacts): ComposedLetter {
  return compose[language](facts);
}

const { email } = policy.controller;

const compose: { readonly [L in Language]: (facts: ErasedFacts) => ComposedLetter } = {
  ru: ({ on, requestNumber, receipts }) =>
    frameLetter("ru", "Ваши данные уничтожаются: это последнее письмо", [
      `Обработка ваших персональных данных прекращена. Дата этого письма – ${formatDate(on, "ru")}`,
      "Все данные о вас уничтожаются сейчас, этот адрес – последним. Больше мы вам не напишем.",
      requestNumber === undefined
        ? "В нашем журнале останутся только записи о том, что делалось с данными: узнать из них, чьи они, нельзя."
        : `Ваше обращение – № ${requestNumber}. Останутся его номер, даты и записи о том, что делалось с данными: ` +
          "узнать из них, чьи они, нельзя.",
      ...(receipts === 0 ? [] : [
        "К письму приложены квитанции: они доказывают, на что вы соглашались, что отзывали и чего требовали. Сохраните их: " +
          "мы не сможем сделать их снова, а проверить их можно и без нас.",
      ]),
      `Если у вас есть вопросы, напишите нам: ${email}. Мы уже не будем знать, кто вы, поэтому ` +
        (requestNumber === undefined ? "сохраните это письмо." : "сохраните это письмо и номер обращения."),
      `Основание: ${requestNumber === undefined ? "пункт 17" : "пункты 7 и 17"} Политики обработки персональных ` +
        "данных.",
    ]),
  ky: ({ on, requestNumber, receipts }) =>
    frameLetter("ky", "Маалыматтарыңыз жок кылынууда: бул акыркы кат", [
      `Жеке маалыматтарыңызды иштетүү токтотулду. Бул каттын күнү – ${formatDate(on, "ky")}.`,
      "Сиз жөнүндөгү бардык маалыматтар азыр жок кылынууда, бул дарек – эң акырында. Мындан ары Сизге кат жазбайбыз.",
      requestNumber === undefined
        ? "Журналыбызда маалыматтар менен эмне жасалганы жөнүндө жазуулар гана калат: алар кимдики экенин андан " +
          "билүү мүмкүн эмес."
        : `Кайрылууңуздун номери – ${requestNumber}. Анын номери, күндөрү жана маалыматтар менен эмне жасалганы ` +
          "жөнүндө жазуулар гана калат: алар кимдики экенин андан билүү мүмкүн эмес.",
      ...(receipts === 0 ? [] : [
        "Катка квитанциялар тиркелди: алар эмнеге макул болгонуңузду, эмнени кайтарып алганыңызды жана эмнени талап " +
          "кылганыңызды далилдейт. Аларды сактап коюңуз: биз кайра жасай албайбыз, ал эми аларды бизсиз да текшерүүгө болот.",
      ]),
      `Суроолоруңуз болсо, бизге жазыңыз: ${email}. Биз Сиздин ким экениңизди билбей калабыз, ошондуктан ` +
        (requestNumber === undefined ? "бул катты сактап коюңуз." : "бул катты сактаңыз: анда кайрылуунун номери бар."),
      "Негизи: Жеке маалыматтарды иштетүү саясатынын " +
        (requestNumber === undefined ? "17-пункту." : "7 жана 17-пункттары."),
    ]),
  en: ({ on, requestNumber, receipts }) =>
    frameLetter("en", "Your data is being destroyed: this is our last letter", [
      `Processing of your personal data has stopped. This letter is dated ${formatDate(on, "en")}.`,
      "All data about you is being destroyed now, this address last of all. We will not write to you again.",
      requestNumber === undefined
        ? "All that stays are journal entries of what was done with data; nobody can tell from them whose it was."
        : `Your request is No. ${requestNumber}. All that stays are its number, its dates and journal entries of ` +
          "what was done with data; nobody can tell from them whose it was.",
      ...(receipts === 0 ? [] : [
        "Attached are receipts: they prove what you agreed to, withdrew and demanded. Keep them: we cannot make them again, " +
          "and they can be checked without us.",
      ]),
      `If you have questions, write to us: ${email}. We will no longer know who you are, so please keep this letter` +
        (requestNumber === undefined ? "." : " and the number."),
      `Grounds: ${requestNumber === undefined ? "clause 17" : "clauses 7 and 17"} of the Personal Data ` +
        "Processing Policy.",
    ]),
};
