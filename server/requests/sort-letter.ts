import type { Policy } from "../../policy/language/policy.ts";
import type { IncomingLetter } from "../letters/read-letter.ts";
import { normaliseEmail } from "../vault/blind-index.ts";
import { isLanguage, type Language } from "../language/language.ts";
import { findStatedAddress, isAddress, type StatedAddress } from "./stated-address.ts";
import { normaliseSubjectLine } from "./subject-line.ts";

/** What a letter is, by the policy and the letter alone. */
export interface SortedLetter {
  /** A request kind of the policy; `question` for everything that fits no subject line (21). */
  readonly kind: string;
  readonly language: Language;
  /** An address that can be written to, or undefined. */
  readonly from: string | undefined;
  readonly stated: StatedAddress;
  /** Written by a robot (RFC 3834): it is never answered, or two robots would write to each other for ever. */
  readonly automatic: boolean;
}

/** `returnPath`: the envelope's sender, empty for the null sender; undefined where it is not known. */
export function sortLetter(policy: Policy, letter: IncomingLetter, returnPath?: string): SortedLetter {
  const from = letter.from !== undefined && isAddress(letter.from) ? letter.from : undefined;
  const ours = policy.controller.email;
  const opened = findKind(policy, letter.line);
  return {
    kind: opened?.kind ?? "question",
    language: opened?.language ?? guessLanguage(`${letter.line}\n${letter.text}`),
    from,
    stated: findStatedAddress(letter.text, from, ours),
    automatic: isAutomatic(letter, returnPath) || (from !== undefined && normaliseEmail(from) === normaliseEmail(ours)),
  };
}

/** The kind of request whose subject line this is, in the language that states it. */
function findKind(policy: Policy, line: string): { kind: string; language: Language } | undefined {
  const written = normaliseSubjectLine(line);
  for (const [kind, { subjectLines }] of Object.entries(policy.requests)) {
    for (const [language, subjectLine] of Object.entries(subjectLines)) {
      if (isLanguage(language) && normaliseSubjectLine(subjectLine) === written) return { kind, language };
    }
  }
  return undefined;
}

/** Three letters that Kyrgyz has and Russian has not. */
function guessLanguage(text: string): Language {
  return /[ңүө]/iu.test(text) ? "ky" : "ru";
}

function isAutomatic(letter: IncomingLetter, returnPath: string | undefined): boolean {
  if (returnPath === "") return true;
  if (letter.autoSubmitted !== undefined && !/^no\b/u.test(letter.autoSubmitted)) return true;
  return letter.precedence !== undefined && ["bulk", "junk", "list"].includes(letter.precedence);
}
