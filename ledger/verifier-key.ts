import { createPublicKey, hash, verify } from "node:crypto";
import { decodeBase64 } from "./base64.ts";

/** The byte for Ed25519 in keys and key ids (C2SP signed-note, "Signature types"). */
const ed25519 = Buffer.of(1);
const publicKeyLength = 32;

/** Who may sign: a name and an Ed25519 public key. */
export interface NoteVerifier {
  readonly name: string;
  /** The first 4 bytes of SHA-256 over name, newline, type and public key. */
  readonly keyId: Buffer;
  /** Whether this is this key's signature (64 bytes) of the text. */
  verifies(text: string, signature: Uint8Array): boolean;
}

/** What was given is not a verifier key. */
export class BadVerifierKey extends Error {
  override readonly name = "BadVerifierKey";
  readonly code = "bad-verifier-key";
}

/**
 * Reads a key such as `sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8`: name, key id in
 * hexadecimal, then type and public key in Base64. Throws BadVerifierKey.
 */
export function parseVerifierKey(vkey: string): NoteVerifier {
  // The Base64 may hold a plus too.
  const [name = "", id = "", ...rest] = vkey.split("+");
  const key = decodeBase64(rest.join("+"));
  if (!isKeyName(name) || key?.length !== 1 + publicKeyLength || key[0] !== ed25519[0]) {
    throw new BadVerifierKey("A verifier key is NAME+ID+KEY, with an Ed25519 key; this is none.");
  }
  const publicKey = key.subarray(1);
  const keyId = keyIdOf(name, publicKey);
  if (keyId.toString("hex") !== id) {
    throw new BadVerifierKey(`The id of the verifier key of «${name}» does not fit its key: it was not copied whole.`);
  }
  const x = publicKey.toString("base64url");
  const keyObject = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return { name, keyId, verifies: (text, signature) => verify(null, Buffer.from(text), keyObject, signature) };
}

/** The verifier key that goes with a name and a public key of 32 bytes. */
export function printVerifierKey(name: string, publicKey: Buffer): string {
  const key = Buffer.concat([ed25519, publicKey]).toString("base64");
  return `${name}+${keyIdOf(name, publicKey).toString("hex")}+${key}`;
}

/** Not empty, without spaces and without a plus (C2SP signed-note, "Format"). */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}\p{Cc}+]+$/u.test(name);
}

function keyIdOf(name: string, publicKey: Buffer): Buffer {
  return hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), ed25519, publicKey]), "buffer").subarray(0, 4);
}
