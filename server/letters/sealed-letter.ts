import { rowIdentity } from "../vault/open-subject.ts";
import type { OutgoingLetter } from "./mailer.ts";

/** Where a letter lies. */
export interface LetterPlace {
  readonly subject: string;
  readonly letter: string;
}

/** What was unsealed is not a letter: the row was written by something else. */
export class LetterMalformed extends Error {
  readonly code = "letter-malformed";
  constructor(letter: string) {
    super(`The sealed letter ${letter} opens, but is not a letter; see what else writes to letters.outgoing.`);
  }
}

type Turn = (bytes: Buffer, identity: string) => Buffer;

/** Seals a letter whole: address, subject line, text and what goes with it. */
export function sealLetter(seal: Turn, place: LetterPlace, letter: OutgoingLetter): Buffer {
  const { to, line, text, attachments } = letter;
  return seal(Buffer.from(JSON.stringify({ to, line, text, attachments })), identityOf(place));
}

/** Opens what `sealLetter` closed. Throws `SealBroken` or `LetterMalformed`. */
export function unsealLetter(unseal: Turn, place: LetterPlace, sealed: Buffer): OutgoingLetter {
  const content: unknown = JSON.parse(unseal(sealed, identityOf(place)).toString("utf8"));
  if (!isLetter(content)) throw new LetterMalformed(place.letter);
  return content;
}

function identityOf({ subject, letter }: LetterPlace): string {
  return rowIdentity("letters.outgoing", subject, letter);
}

function isLetter(value: unknown): value is OutgoingLetter {
  if (typeof value !== "object" || value === null) return false;
  if (!("to" in value && "line" in value && "text" in value)) return false;
  const isText = (part: unknown) => typeof part === "string";
  const attachments: unknown = "attachments" in value ? value.attachments : [];
  const isAttachment = (part: unknown) =>
    typeof part === "object" && part !== null && "name" in part && "html" in part && isText(part.name) && isText(part.html);
  return [value.to, value.line, value.text].every(isText) && Array.isArray(attachments) && attachments.every(isAttachment);
}
