import { defineTexts } from "../../language/language.ts";
import { pluralEn, pluralRu } from "../../language/plural.ts";

/** How a running time limit reads: what is used, what is left, how late it is. */
export const timeLimitTexts = defineTexts({
  ru: {
    used: {
      workingDays: (used: number, allowed: number) =>
        `${went(used)} ${used} из ${allowed} ${of(allowed, "рабочего дня", "рабочих дней")}`,
      days: (used: number, allowed: number) =>
        `${went(used)} ${used} из ${allowed} ${of(allowed, "дня", "дней")}`,
      months: (used: number, allowed: number) =>
        `${went(used)} ${used} из ${allowed} ${of(allowed, "месяца", "месяцев")}`,
    },
    left: {
      workingDays: (count: number) => `${remains(count)} ${workingDaysRu(count)}`,
      days: (count: number) => `${remains(count)} ${daysRu(count)}`,
      months: (count: number) => `${remains(count)} ${monthsRu(count)}`,
    },
    overdue: {
      workingDays: (count: number) => `просрочено на ${workingDaysRu(count)}`,
      days: (count: number) => `просрочено на ${daysRu(count)}`,
      months: (count: number) => `просрочено на ${monthsRu(count)}`,
    },
    lastDay: "сегодня последний день",
    dueBy: (date: string) => `последний день срока: ${date}`,
    met: "выполнено в срок",
    metLate: "выполнено с опозданием",
  },
  ky: {
    used: {
      workingDays: (used, allowed) => `${allowed} жумушчу күндүн ${used} күнү өттү`,
      days: (used, allowed) => `${allowed} күндүн ${used} күнү өттү`,
      months: (used, allowed) => `${allowed} айдын ${used} айы өттү`,
    },
    left: {
      workingDays: (count) => `${count} жумушчу күн калды`,
      days: (count) => `${count} күн калды`,
      months: (count) => `${count} ай калды`,
    },
    overdue: {
      workingDays: (count) => `мөөнөтү ${count} жумушчу күнгө өтүп кетти`,
      days: (count) => `мөөнөтү ${count} күнгө өтүп кетти`,
      months: (count) => `мөөнөтү ${count} айга өтүп кетти`,
    },
    lastDay: "бүгүн акыркы күн",
    dueBy: (date) => `мөөнөттүн акыркы күнү: ${date}`,
    met: "мөөнөтүндө аткарылды",
    metLate: "кечигип аткарылды",
  },
  en: {
    used: {
      workingDays: (used, allowed) => `${used} of ${workingDaysEn(allowed)} used`,
      days: (used, allowed) => `${used} of ${daysEn(allowed)} used`,
      months: (used, allowed) => `${used} of ${monthsEn(allowed)} used`,
    },
    left: {
      workingDays: (count) => `${workingDaysEn(count)} left`,
      days: (count) => `${daysEn(count)} left`,
      months: (count) => `${monthsEn(count)} left`,
    },
    overdue: {
      workingDays: (count) => `overdue by ${workingDaysEn(count)}`,
      days: (count) => `overdue by ${daysEn(count)}`,
      months: (count) => `overdue by ${monthsEn(count)}`,
    },
    lastDay: "today is the last day",
    dueBy: (date) => `last day: ${date}`,
    met: "done in time",
    metLate: "done late",
  },
});

function went(count: number): string {
  return pluralRu(count, { one: "прошёл", few: "прошло", many: "прошло" });
}

function remains(count: number): string {
  return pluralRu(count, { one: "остался", few: "осталось", many: "осталось" });
}

/** «из 21 дня», «из 7 дней»: the genitive has two forms. */
function of(count: number, one: string, many: string): string {
  return pluralRu(count, { one, few: many, many });
}

function workingDaysRu(count: number): string {
  const forms = { one: "рабочий день", few: "рабочих дня", many: "рабочих дней" };
  return `${count} ${pluralRu(count, forms)}`;
}

function daysRu(count: number): string {
  return `${count} ${pluralRu(count, { one: "день", few: "дня", many: "дней" })}`;
}

function monthsRu(count: number): string {
  return `${count} ${pluralRu(count, { one: "месяц", few: "месяца", many: "месяцев" })}`;
}

function workingDaysEn(count: number): string {
  return `${count} working ${pluralEn(count, { one: "day", other: "days" })}`;
}

function daysEn(count: number): string {
  return `${count} ${pluralEn(count, { one: "day", other: "days" })}`;
}

function monthsEn(count: number): string {
  return `${count} ${pluralEn(count, { one: "month", other: "months" })}`;
}
