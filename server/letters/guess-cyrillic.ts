const charsets = ["windows-1251", "koi8-r", "ibm866"] as const;

/**
 * Rewrites bytes in an unnamed 8-bit Cyrillic charset as UTF-8; ASCII stays as it is. The right charset is the one
 * that gives the most small Cyrillic letters: KOI8-R read as windows-1251 turns capitals and small letters about.
 */
export function asUtf8(bytes: Buffer): Buffer {
  const readings = charsets.map((charset) => new TextDecoder(charset).decode(bytes));
  const [best = ""] = readings.toSorted((a, b) => smallLetters(b) - smallLetters(a));
  return Buffer.from(best);
}

function smallLetters(text: string): number {
  return text.match(/[а-яё]/gu)?.length ?? 0;
}
