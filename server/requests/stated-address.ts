import { normaliseEmail } from "../vault/blind-index.ts";

const name = String.raw`[\p{L}\p{N}._%+'-]`;
const label = String.raw`[\p{L}\p{N}-]{1,63}`;
// A name can only begin where none is under way: a megabyte of letters costs one try, not one for each letter.
const address = new RegExp(String.raw`(?<!${name})${name}{1,64}@${label}(?:\.${label}){1,8}`, "gu");
const wholeAddress = new RegExp(String.raw`^${name}{1,64}@${label}(?:\.${label}){1,8}$`, "u");

/** Whose address a letter states as the writer's own (7, second sentence). */
export type StatedAddress =
  /** None, or among others the one it came from. */
  | { readonly kind: "own" }
  /** Exactly one, and the letter came from elsewhere. */
  | { readonly kind: "other"; readonly address: string }
  /** Several, none of which it came from: a person has to read it. */
  | { readonly kind: "several" };

/** Finds the addresses in the writer's own words; lines quoted with ">" are somebody else's, and so is our address. */
export function findStatedAddress(text: string, from: string | undefined, ours: string): StatedAddress {
  const own = text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith(">"))
    .join("\n");
  const stated = new Set((own.match(address) ?? []).map(normaliseEmail));
  stated.delete(normaliseEmail(ours));
  const [first, ...others] = stated;
  if (first === undefined || (from !== undefined && stated.has(normaliseEmail(from)))) return { kind: "own" };
  return others.length > 0 ? { kind: "several" } : { kind: "other", address: first };
}

/** Whether a letter could be sent there at all. */
export function isAddress(text: string): boolean {
  return wholeAddress.test(text);
}
