import type { Language } from "../server/language/language.ts";
import type { Marks } from "./marks.ts";

/** An invented person whose data can be mistaken for nothing else, wherever it turns up. */
export interface MarkedPerson {
  readonly language: Language;
  readonly surname: string;
  readonly firstName: string;
  /** As they type it. */
  readonly phone: string;
  /** As it is kept: E.164. */
  readonly phoneKept: string;
  readonly email: string;
  /** What to look for; the shortest piece of each that is still unmistakable. */
  readonly marks: Marks;
}

const names = {
  ru: { surname: "Протоптанова", firstName: "Снежаника", local: "Snezhanika.Protoptanova" },
  ky: { surname: "Өрүктөбаева", firstName: "Үкүбүбүш", local: "Ukububush.Oruktobaeva" },
  en: { surname: "Quillfeather", firstName: "Persimmonia", local: "Persimmonia.Quillfeather" },
} as const;

/** `serial`: below 100; another person of the same name, with a phone and an address of their own. */
export function markPerson(language: Language, serial: number): MarkedPerson {
  const { surname, firstName, local } = names[language];
  const last = String(100 + serial);
  const email = `${local}.${serial}@example.kg`;
  const phone = `0555 000 ${last}`;
  return {
    language,
    surname,
    firstName,
    phone,
    phoneKept: `+996555000${last}`,
    email,
    marks: {
      surname,
      firstName,
      email,
      emailLocal: local,
      // Within +996555…, 996555… and 0555…, and in the same with blanks or hyphens.
      phone: `555000${last}`,
      phoneWithBlanks: `555 000 ${last}`,
      phoneWithHyphens: `555-000-${last}`,
    },
  };
}
