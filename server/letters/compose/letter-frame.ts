import { policy } from "../../config/policy.ts";
import type { Language } from "../../language/language.ts";

/** What a letter says, before it has an address. */
export interface ComposedLetter {
  /** Its subject line. */
  readonly line: string;
  readonly text: string;
}

const greetings = { ru: "Здравствуйте!", ky: "Саламатсызбы!", en: "Hello," } as const;

/** A greeting, the paragraphs, and who writes: name, registrations, address, e-mail. Plain text. */
export function frameLetter(language: Language, line: string, paragraphs: readonly string[]): ComposedLetter {
  const text = [greetings[language], ...paragraphs, closings[language]].join("\n\n");
  return { line, text: `${text}\n` };
}

/** The mark of a list item in plain text. */
export function list(items: readonly string[]): string {
  return items.map((item) => `– ${item}`).join("\n");
}

const closings = { ru: closing("ru"), ky: closing("ky"), en: closing("en") } as const;

function closing(language: Language): string {
  const { name, registrations, address, email } = policy.controller;
  const numbers = registrations.map(({ label, value }) => `${label[language]} ${value}`);
  return ["-- ", name[language], numbers.join(", "), address[language], email].join("\n");
}
