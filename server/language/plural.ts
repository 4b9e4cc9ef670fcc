const russian = new Intl.PluralRules("ru");
const english = new Intl.PluralRules("en");

/** 1 рабочий день, 3 рабочих дня, 7 рабочих дней; a fraction («1,5 дня») takes the form of `few`. */
export function pluralRu(count: number, forms: { one: string; few: string; many: string }): string {
  const category = russian.select(count);
  return category === "one" || category === "many" ? forms[category] : forms.few;
}

/** 1 day, 2 days. Kyrgyz needs no such function: a noun after a number stays singular («7 күн»). */
export function pluralEn(count: number, forms: { one: string; other: string }): string {
  return english.select(count) === "one" ? forms.one : forms.other;
}
