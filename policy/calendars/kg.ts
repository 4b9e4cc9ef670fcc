import type { Localized } from "../language/localized.ts";
import type { Calendar, CalendarDay, Certainty } from "./calendar.ts";

const names = {
  newYear: { ru: "Новый год", ky: "Жаңы жыл", en: "New Year" },
  newYearHolidays: { ru: "Новогодние каникулы", ky: "Жаңы жылдык эс алуу күндөрү", en: "New Year holidays" },
  christmas: { ru: "Рождество Христово", ky: "Машаяктын туулган күнү (Рождество)", en: "Christmas" },
  defenders: {
    ru: "День защитника Отечества",
    ky: "Мекенди коргоочулар күнү",
    en: "Fatherland Defenders’ Day",
  },
  women: {
    ru: "Международный женский день",
    ky: "Аялдардын эл аралык күнү",
    en: "International Women’s Day",
  },
  nooruz: { ru: "Нооруз", ky: "Нооруз", en: "Nooruz" },
  aprilRevolution: {
    ru: "День народной Апрельской революции",
    ky: "Элдик Апрель революциясынын күнү",
    en: "Day of the People’s April Revolution",
  },
  labour: { ru: "Праздник труда", ky: "Эмгек майрамы", en: "Labour Day" },
  constitution: { ru: "День Конституции", ky: "Конституция күнү", en: "Constitution Day" },
  victory: { ru: "День Победы", ky: "Жеңиш күнү", en: "Victory Day" },
  may: { ru: "Майские праздники", ky: "Май майрамдары", en: "May holidays" },
  independence: { ru: "День независимости", ky: "Эгемендүүлүк күнү", en: "Independence Day" },
  ancestors: {
    ru: "Дни истории и памяти предков",
    ky: "Тарых жана ата-бабаларды эскерүү күндөрү",
    en: "Days of History and Remembrance of Ancestors",
  },
  orozoAit: { ru: "Орозо айт", ky: "Орозо айт", en: "Orozo Ait" },
  kurmanAit: { ru: "Курман айт", ky: "Курман айт", en: "Kurman Ait" },
  movedDayOff: {
    ru: "Перенесённый выходной день",
    ky: "Которулган дем алыш күн",
    en: "Day off moved by decree",
  },
  extraDayOff: { ru: "Дополнительный выходной день", ky: "Кошумча дем алыш күн", en: "Additional day off" },
  workingSaturday: { ru: "Рабочая суббота", ky: "Жумушчу ишемби", en: "Working Saturday" },
} as const satisfies Record<string, Localized>;

const press = {
  2024: "https://azattyk.org/a/32747703.html",
  orozo2024: "https://24.kg/english/290426_Kyrgyzstan_to_celebrate_Orozo_Ait_on_April_10/",
  kurman2024: "https://24.kg/english/295351_Kyrgyzstan_to_celebrate_Kurman_Ait_on_June_17",
  2025: "https://kabar.kg/news/kyrgyzstandyktar-zhay-emgek-kodeksi-boyuncha-kajsy-kndr-es-alat-grafik",
  2026: "http://www.sayasat.kg/society-mobile/138983-v-kyrgyzstane-utverdili-vykhodnye-dni-na-2026-god.html",
  orozo2026: "https://24.kg/kyrgyzcha/357491_ramazan_2026_kyirgyizstanda_yiyyik_orozo_ayyi_kachan_bashtalat/",
} as const;
const labourCode = "Labour Code of 23 January 2025, https://cbd.minjust.gov.kg/3-45/edition/25298/kg";
const holidaysLibrary = "https://github.com/vacanza/holidays, holidays/countries/kyrgyzstan.py, 2026-07-23";

type Kind = CalendarDay["kind"];

/** One day, or each day of a span such as 2026-05-02/2026-05-04. */
function off(
  span: string,
  name: Localized,
  source: string,
  certainty: Certainty = "official",
): CalendarDay[] {
  return days(span, "day-off", name, source, certainty);
}

function days(
  span: string,
  kind: Kind,
  name: Localized,
  source: string,
  certainty: Certainty,
): CalendarDay[] {
  const [first = span, last = first] = span.split("/");
  const { days: more } = Temporal.PlainDate.from(first).until(last);
  return Array.from({ length: more + 1 }, (_, index) => {
    const date = Temporal.PlainDate.from(first).add({ days: index }).toString();
    return { date, kind, name, certainty, source };
  });
}

/** The feasts that the Labour Code of 2025 fixes by date. A feast on a weekend moves nowhere. */
function fixedSince2026(year: number, source: string): CalendarDay[] {
  return [
    ...off(`${year}-01-01`, names.newYear, source),
    ...off(`${year}-01-02/${year}-01-06`, names.newYearHolidays, source),
    ...off(`${year}-01-07`, names.christmas, source),
    ...off(`${year}-03-08`, names.women, source),
    ...off(`${year}-03-21`, names.nooruz, source),
    ...mayHolidays(year, source),
    ...off(`${year}-08-31`, names.independence, source),
  ];
}

function mayHolidays(year: number, source: string): CalendarDay[] {
  return [
    ...off(`${year}-05-01`, names.labour, source),
    ...off(`${year}-05-02/${year}-05-04`, names.may, source),
    ...off(`${year}-05-05`, names.constitution, source),
    ...off(`${year}-05-06/${year}-05-08`, names.may, source),
    ...off(`${year}-05-09`, names.victory, source),
  ];
}

/** Days moved by the Cabinet's yearly decree: addressed to budget-funded organisations, followed widely. */
const year2024: readonly CalendarDay[] = [
  ...off("2024-01-01", names.newYear, press[2024]),
  ...off("2024-01-02/2024-01-05", names.movedDayOff, press[2024]),
  ...off("2024-01-07", names.christmas, press[2024]),
  ...days("2024-01-27", "working", names.workingSaturday, press[2024], "official"),
  ...off("2024-02-23", names.defenders, press[2024]),
  ...days("2024-03-02", "working", names.workingSaturday, press[2024], "official"),
  ...off("2024-03-08", names.women, press[2024]),
  ...off("2024-03-21", names.nooruz, press[2024]),
  ...off("2024-03-22", names.movedDayOff, press[2024]),
  ...off("2024-04-07", names.aprilRevolution, press[2024]),
  ...off("2024-04-10", names.orozoAit, press.orozo2024),
  ...off("2024-05-01", names.labour, press[2024]),
  ...off("2024-05-02/2024-05-03", names.movedDayOff, press[2024]),
  ...off("2024-05-05", names.constitution, press[2024]),
  ...off("2024-05-09", names.victory, press[2024]),
  ...days("2024-05-11", "working", names.workingSaturday, press[2024], "official"),
  ...off("2024-06-17", names.kurmanAit, press.kurman2024),
  ...off("2024-08-31", names.independence, press[2024]),
  ...off("2024-11-07/2024-11-08", names.ancestors, press[2024]),
];

/** The Labour Code came on 23 January. Under it 23 February, 7 April and 7–8 November are working days. */
const year2025: readonly CalendarDay[] = [
  ...off("2025-01-01", names.newYear, press[2025]),
  ...off("2025-01-02", names.movedDayOff, holidaysLibrary),
  ...off("2025-01-03", names.extraDayOff, holidaysLibrary),
  ...off("2025-01-06", names.extraDayOff, holidaysLibrary),
  ...off("2025-01-07", names.christmas, press[2025]),
  ...days("2025-01-11", "working", names.workingSaturday, holidaysLibrary, "official"),
  ...off("2025-03-08", names.women, press[2025]),
  ...off("2025-03-21", names.nooruz, press[2025]),
  ...off("2025-03-30", names.orozoAit, holidaysLibrary),
  ...mayHolidays(2025, press[2025]),
  ...off("2025-06-06", names.kurmanAit, holidaysLibrary),
  ...off("2025-08-31", names.independence, press[2025]),
];

/** No act of the Cabinet on the lunar feasts of 2026 was found; others list them as confirmed. */
const year2026: readonly CalendarDay[] = [
  ...fixedSince2026(2026, press[2026]),
  ...off("2026-03-20", names.orozoAit, press.orozo2026, "announced"),
  ...off("2026-05-27", names.kurmanAit, holidaysLibrary, "announced"),
];

/** No production calendar for 2027 was published when this was written (November 2026). */
const year2027: readonly CalendarDay[] = [
  ...fixedSince2026(2027, labourCode),
  ...off("2027-03-09", names.orozoAit, holidaysLibrary, "estimated"),
  ...off("2027-05-16", names.kurmanAit, holidaysLibrary, "estimated"),
];

/** Working days of the Kyrgyz Republic for a five-day week, Monday to Friday. */
export const kg: Calendar = {
  id: "kg",
  name: { ru: "Кыргызская Республика", ky: "Кыргыз Республикасы", en: "Kyrgyz Republic" },
  weekend: [6, 7],
  years: [
    { year: 2024, days: year2024 },
    { year: 2025, days: year2025 },
    { year: 2026, days: year2026 },
    { year: 2027, days: year2027 },
  ],
};
