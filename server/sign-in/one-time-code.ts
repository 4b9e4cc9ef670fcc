import type { BlindIndex } from "../vault/blind-index.ts";
import type { RandomBytes } from "../vault/seal.ts";

/** A code is good for ten minutes and five attempts. */
export const codeLifetime = { minutes: 10 } as const;
export const codeAttempts = 5;

const codes = 1_000_000;
/** The largest multiple of a million in 32 bits: numbers above it would make some codes likelier than others. */
const fair = Math.floor(2 ** 32 / codes) * codes;

/** Six digits, each of the million codes as likely as any other. */
export function newCode(randomBytes: RandomBytes): string {
  let number: number;
  do number = randomBytes(4).readUInt32BE();
  while (number >= fair);
  return String(number % codes).padStart(6, "0");
}

/** What is kept of a code. Without the key, which is not in the database, trying all million finds nothing. */
export function codeDigest(index: BlindIndex, codeId: string, code: string, version: number): Buffer {
  return index.digest("sign-in-code", `${codeId}:${code}`, version);
}
