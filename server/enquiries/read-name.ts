import { type FieldReading, fault, isLonger, trimTyped } from "./field-reading.ts";

const longestName = 100;

/** Letters of any script with their marks; joiners, without which Persian and Indic names fall apart. */
const nameLetters = /^[\u200D\u200C\p{L}\p{M} '’‘ʼ`.\u2010\u2011-]+$/u;

/** A surname or a first name: 1 to 100 characters, in NFC, with single spaces. */
export function readName(typed: string): FieldReading {
  if (isLonger(typed, 4 * longestName)) return fault("too-long");
  const name = trimTyped(typed).normalize("NFC").replaceAll(/[ \u00A0]+/gu, " ");
  if (name === "") return fault("missing");
  if (isLonger(name, longestName)) return fault("too-long");
  return nameLetters.test(name) && /\p{L}/u.test(name) ? { kind: "read", value: name } : fault("not-a-name");
}
