import type { Language } from "../../language/language.ts";
import { type ComposedLetter, frameLetter } from "./letter-frame.ts";

export interface SignInCodeFacts {
  readonly code: string;
}

/** The one-time code for the cabinet. Its subject line does not show the code: lines stand on locked screens. */
export function composeSignInCode(language: Language, facts: SignInCodeFacts): ComposedLetter {
  return compose[language](facts);
}

const compose: { readonly [L in Language]: (facts: SignInCodeFacts) => ComposedLetter } = {
  ru: ({ code }) =>
    frameLetter("ru", "Код для входа в личный кабинет", [
      `Ваш код для входа в личный кабинет: ${code}`,
      "Введите его на странице, где вы его запросили. Код действует недолго и только один раз.",
      "Никому его не сообщайте: наши сотрудники о нём не спрашивают. Если вы не запрашивали код, ничего не делайте: " +
        "без него в ваш кабинет никто не войдёт.",
    ]),
  ky: ({ code }) =>
    frameLetter("ky", "Жеке кабинетке кирүү коду", [
      `Жеке кабинетке кирүү кодуңуз: ${code}`,
      "Аны код сураган баракка киргизиңиз. Код бир аз убакыт жана бир жолу гана иштейт.",
      "Кодду эч кимге айтпаңыз: кызматкерлерибиз аны сурабайт. Эгер кодду Сиз сурабасаңыз, эч нерсе кылбаңыз: ансыз " +
        "кабинетиңизге эч ким кире албайт.",
    ]),
  en: ({ code }) =>
    frameLetter("en", "Your code for the personal cabinet", [
      `Your code for signing in to the personal cabinet: ${code}`,
      "Enter it on the page where you asked for it. The code works once, and not for long.",
      "Tell it to nobody: our staff never ask for it. If you did not ask for a code, do nothing: without it nobody " +
        "can get into your cabinet.",
    ]),
};
