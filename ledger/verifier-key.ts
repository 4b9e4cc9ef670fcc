import { createPublicKey, hash, verify } from "node:crypto";
import { decodeBase64 } from "./base64.ts";

/** The byte for what an Ed25519 key signs, in keys and key ids (C2SP signed-note, "Signature types"). */
const types = { note: Buffer.of(1), cosignature: Buffer.of(4) } as const;
const publicKeyLength = 32;

/** Whether a key signs notes themselves, as a log does, or adds the time at which it saw them, as a witness does. */
export type KeyType = keyof typeof types;

/** Who may sign: a name and an Ed25519 public key. */
export interface NoteVerifier {
  readonly name: string;
  /** The first 4 bytes of SHA-256 over name, newline, type and public key. */
  readonly keyId: Buffer;
  /** 32 bytes. */
  readonly publicKey: Buffer;
  /** Whether this is this key's signature of the text. */
  verifies(text: string, signature: Uint8Array): boolean;
}

/** What was given is not a verifier key. */
export class BadVerifierKey extends Error {
  override readonly name = "BadVerifierKey";
  readonly code = "bad-verifier-key";
}

/**
 * Reads the key of a log, such as `sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8`: name, key id in
 * hexadecimal, then type and public key in Base64. Throws BadVerifierKey.
 */
export function parseVerifierKey(vkey: string): NoteVerifier {
  return parseKeyOf("note", vkey);
}

/** The same for a key of either type; `verifies` is of the plain Ed25519 signature, 64 bytes. Throws BadVerifierKey. */
export function parseKeyOf(type: KeyType, vkey: string): NoteVerifier {
  // The Base64 may hold a plus too.
  const [name = "", id = "", ...rest] = vkey.split("+");
  const key = decodeBase64(rest.join("+"));
  const foundType = Object.values(types).find((byte) => byte[0] === key?.[0]);
  if (!isKeyName(name) || key?.length !== 1 + publicKeyLength || foundType === undefined) {
    throw new BadVerifierKey("A verifier key is NAME+ID+KEY, with an Ed25519 key; this is none.");
  }
  const publicKey = key.subarray(1);
  const keyId = keyIdOf(name, foundType, publicKey);
  if (keyId.toString("hex") !== id) {
    throw new BadVerifierKey(`The id of the verifier key of «${name}» does not fit its key: it was not copied whole.`);
  }
  if (foundType !== types[type]) {
    const [found, wanted] = type === "note" ? ["a witness", "a log"] : ["a log", "a witness"];
    throw new BadVerifierKey(`The verifier key of «${name}» is that of ${found}; give that of ${wanted}.`);
  }
  const x = publicKey.toString("base64url");
  const keyObject = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return { name, keyId, publicKey, verifies: (text, signature) => verify(null, Buffer.from(text), keyObject, signature) };
}

/** The verifier key that goes with a name and a public key of 32 bytes. */
export function printVerifierKey(name: string, type: KeyType, publicKey: Buffer): string {
  const key = Buffer.concat([types[type], publicKey]).toString("base64");
  return `${name}+${keyIdOf(name, types[type], publicKey).toString("hex")}+${key}`;
}

/** Not empty, without spaces and without a plus (C2SP signed-note, "Format"). */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}\p{Cc}+]+$/u.test(name);
}

function keyIdOf(name: string, type: Buffer, publicKey: Buffer): Buffer {
  return hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), type, publicKey]), "buffer").subarray(0, 4);
}
