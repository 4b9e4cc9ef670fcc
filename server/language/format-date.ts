import type { Language } from "./language.ts";

/** Days are counted and shown where the controller is, never where the machine or the reader is. */
export const controllerTimeZone = "Asia/Bishkek";

// Node knows Kyrgyz dates, but writes «2026-ж., 5-март», a form for tables; in running text the month
// takes its possessive ending: «2026-жылдын 5-марты».
const kyrgyzMonths = [
  "январы", "февралы", "марты", "апрели", "майы", "июну",
  "июлу", "августу", "сентябры", "октябры", "ноябры", "декабры",
];

/** «5 марта 2026 г.», «2026-жылдын 5-марты», "5 March 2026". An instant is shown in the controller's zone. */
export function formatDate(when: Temporal.PlainDate | Temporal.Instant, language: Language): string {
  const day = dayOf(when);
  if (language === "ky") return `${day.year}-жылдын ${day.day}-${kyrgyzMonths[day.month - 1]}`;
  return day.toLocaleString(locales[language], { dateStyle: "long" });
}

/** «05.03.2026» in Russian and Kyrgyz, "5 Mar 2026" in English: for tables. */
export function formatShortDate(when: Temporal.PlainDate | Temporal.Instant, language: Language): string {
  const day = dayOf(when);
  if (language === "en") return day.toLocaleString(locales.en, { dateStyle: "medium" });
  return `${twoDigits(day.day)}.${twoDigits(day.month)}.${day.year}`;
}

/** «16:05», in the controller's zone. */
export function formatTime(when: Temporal.Instant): string {
  const { hour, minute } = when.toZonedDateTimeISO(controllerTimeZone);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** «5 марта 2026 г., 16:05», in the controller's zone. */
export function formatDateTime(when: Temporal.Instant, language: Language): string {
  return `${formatDate(when, language)}, ${formatTime(when)}`;
}

const locales = { ru: "ru", en: "en-GB" } as const;

function dayOf(when: Temporal.PlainDate | Temporal.Instant): Temporal.PlainDate {
  return when instanceof Temporal.Instant ? when.toZonedDateTimeISO(controllerTimeZone).toPlainDate() : when;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
