import { decodeBase64 } from "./base64.ts";
import { LogBroken } from "./log-broken.ts";
import { openSigningKey } from "./signing-key.ts";
import { isKeyName, type NoteVerifier, parseVerifierKey, printVerifierKey } from "./verifier-key.ts";

export { type NoteVerifier, parseVerifierKey };

/** Signs texts as notes (C2SP signed-note) with an Ed25519 key. */
export interface NoteSigner {
  readonly name: string;
  /** What others need to check it, such as `example.org/log+033de0ae+Ac4z…`. */
  readonly verifierKey: string;
  /** Checks what this signs. */
  readonly verifier: NoteVerifier;
  /** The whole note. The text ends in a newline; throws a RangeError for one that no note can hold. */
  sign(text: string): string;
}

/** More are taken for an attempt to keep us busy. The specification asks for 16. */
const mostSignatures = 100;

/** `seed`: the 32 bytes of an Ed25519 private key (RFC 8032, 5.1.5). The name should be the origin of the log. */
export function createNoteSigner(name: string, seed: Buffer): NoteSigner {
  const key = openSigningKey(name, seed);
  const verifierKey = printVerifierKey(name, "note", key.publicKey);
  const verifier = parseVerifierKey(verifierKey);
  return {
    name,
    verifierKey,
    verifier,
    sign: (text) => {
      if (!isNoteText(text) || !text.endsWith("\n")) {
        throw new RangeError("The text of a note ends in a newline and holds no other control character.");
      }
      return `${text}\n${signatureLine(verifier, key.sign(text))}`;
    },
  };
}

/** A line among the signatures of a note, with its newline. */
export function signatureLine({ name, keyId }: NoteVerifier, signature: Buffer): string {
  return `— ${name} ${Buffer.concat([keyId, signature]).toString("base64")}\n`;
}

/**
 * The text of a note that this key has signed. Signatures of other keys are ignored. Throws LogBroken: `malformed`, or
 * `not-signed` when this key has not, or not this text.
 */
export function openNote(note: string, verifier: NoteVerifier): string {
  const { text, signatures } = signaturesBy(note, verifier);
  if (signatures.length > 0) return text;
  const others = [...note.matchAll(/^— (\S+) /gmu)].map(([, name]) => `«${name}»`).join(", ");
  throw new LogBroken("not-signed", `It is signed by ${others}, and not by the key of «${verifier.name}» that was given.`);
}

/**
 * The text of a note and the signatures by this key, of which there may be none; each of them is of this text. Throws
 * LogBroken: `malformed`, or `not-signed` when one is not.
 */
export function signaturesBy(
  note: string,
  verifier: NoteVerifier,
): { readonly text: string; readonly signatures: readonly Buffer[] } {
  const { text, signatures: all } = parseNote(note);
  const own = all.filter(({ name, keyId }) => name === verifier.name && keyId.equals(verifier.keyId));
  if (!own.every(({ signature }) => verifier.verifies(text, signature))) {
    throw new LogBroken("not-signed", `The signature by «${verifier.name}» is not of this text: one was changed.`);
  }
  return { text, signatures: own.map(({ signature }) => signature) };
}

/** The note in a file. Throws LogBroken for what is not UTF-8. */
export function noteOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LogBroken("malformed", "The note is not text in UTF-8.", { cause });
  }
}

function parseNote(note: string) {
  const end = note.lastIndexOf("\n\n") + 1;
  if (end === 0 || !isNoteText(note) || !note.endsWith("\n")) {
    throw new LogBroken("malformed", "The note is not a text, an empty line and signatures, each line with its end.");
  }
  const lines = note.slice(end + 1, -1).split("\n");
  if (lines.length > mostSignatures) {
    throw new LogBroken("malformed", `The note has ${lines.length} signatures; ${mostSignatures} are the most.`);
  }
  return { text: note.slice(0, end), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string) {
  const [, name = "", encoded = ""] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  if (!isKeyName(name) || bytes === undefined || bytes.length <= 4) {
    throw new LogBroken("malformed", "The note has a line among its signatures that is none.");
  }
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function isNoteText(text: string): boolean {
  return text.isWellFormed() && Array.from(text).every((character) => character >= " " || character === "\n");
}
