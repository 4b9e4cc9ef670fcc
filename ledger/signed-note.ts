import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { decodeBase64 } from "./base64.ts";
import { LogBroken } from "./log-broken.ts";
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

/** A private key of Ed25519 in PKCS #8 (RFC 8410) is this and then the 32 bytes of the seed. */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** `seed`: the 32 bytes of an Ed25519 private key (RFC 8032, 5.1.5). The name should be the origin of the log. */
export function createNoteSigner(name: string, seed: Buffer): NoteSigner {
  if (!isKeyName(name)) throw new RangeError("A key's name must not be empty, nor hold a space or a plus.");
  if (seed.length !== 32) throw new RangeError(`The seed of an Ed25519 key has 32 bytes, not ${seed.length}.`);
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const verifierKey = printVerifierKey(name, Buffer.from(x, "base64url"));
  const verifier = parseVerifierKey(verifierKey);
  return {
    name,
    verifierKey,
    verifier,
    sign: (text) => {
      if (!isNoteText(text) || !text.endsWith("\n")) {
        throw new RangeError("The text of a note ends in a newline and holds no other control character.");
      }
      const signature = Buffer.concat([verifier.keyId, sign(null, Buffer.from(text), privateKey)]);
      return `${text}\n— ${name} ${signature.toString("base64")}\n`;
    },
  };
}

/**
 * The text of a note that this key has signed. Signatures of other keys are ignored. Throws LogBroken: `malformed`, or
 * `not-signed` when this key has not, or not this text.
 */
export function openNote(note: string, verifier: NoteVerifier): string {
  const end = note.lastIndexOf("\n\n") + 1;
  if (end === 0 || !isNoteText(note) || !note.endsWith("\n")) {
    throw new LogBroken("malformed", "The note is not a text, an empty line and signatures, each line with its end.");
  }
  const text = note.slice(0, end);
  const lines = note.slice(end + 1, -1).split("\n");
  if (lines.length > mostSignatures) {
    throw new LogBroken("malformed", `The note has ${lines.length} signatures; ${mostSignatures} are the most.`);
  }
  const signatures = lines.map(parseSignature);
  const own = signatures.filter(({ name, keyId }) => name === verifier.name && keyId.equals(verifier.keyId));
  if (own.length === 0) {
    throw new LogBroken("not-signed", `The note has no signature by the key «${verifier.name}» that was given.`);
  }
  if (!own.every(({ signature }) => verifier.verifies(text, signature))) {
    throw new LogBroken("not-signed", `The signature by «${verifier.name}» is not of this text: one was changed.`);
  }
  return text;
}

/** The note in a file. Throws LogBroken for what is not UTF-8. */
export function noteOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LogBroken("malformed", "The note is not text in UTF-8.", { cause });
  }
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
