import { pluralEn, pluralRu } from "../../language/plural.ts";
import { defineTexts } from "../../language/language.ts";

/** The bar over every page of a demo's console, with its clock. */
export const consoleDemoTexts = defineTexts({
  ru: {
    heading: "Это демонстрация",
    body: "Люди, письма и время здесь вымышлены. Настоящие данные сюда вносить нельзя.",
    now: (time: string) => `Сейчас в демонстрации: ${time}.`,
    advance: "Перевести часы вперёд",
    days: (days: number) => `+ ${days} ${pluralRu(days, { one: "день", few: "дня", many: "дней" })}`,
  },
  ky: {
    heading: "Бул – көрсөтмө нуска",
    body: "Мындагы адамдар, каттар жана убакыт ойдон чыгарылган. Бул жерге чыныгы маалыматтарды киргизүүгө болбойт.",
    now: (time: string) => `Көрсөтмө нускада азыр: ${time}.`,
    advance: "Саатты алдыга жылдыруу",
    days: (days: number) => `+ ${days} күн`,
  },
  en: {
    heading: "This is a demonstration",
    body: "The people, the letters and the time here are invented. Real data must not be entered.",
    now: (time: string) => `In the demonstration it is now ${time}.`,
    advance: "Move the clock forward",
    days: (days: number) => `+ ${days} ${pluralEn(days, { one: "day", other: "days" })}`,
  },
});
