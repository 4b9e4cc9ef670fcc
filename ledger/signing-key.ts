import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { isKeyName } from "./verifier-key.ts";

/** A private key of Ed25519 in PKCS #8 (RFC 8410) is this and then the 32 bytes of the seed. */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** The private half of a key, with the public one beside it. */
export interface SigningKey {
  /** 32 bytes. */
  readonly publicKey: Buffer;
  /** 64 bytes of Ed25519 over these. */
  sign(message: string): Buffer;
}

/** `seed`: the 32 bytes of an Ed25519 private key (RFC 8032, 5.1.5). Throws a RangeError for a name that no key can have. */
export function openSigningKey(name: string, seed: Buffer): SigningKey {
  if (!isKeyName(name)) throw new RangeError("A key's name must not be empty, nor hold a space or a plus.");
  if (seed.length !== 32) throw new RangeError(`The seed of an Ed25519 key has 32 bytes, not ${seed.length}.`);
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  return { publicKey: Buffer.from(x, "base64url"), sign: (message) => sign(null, Buffer.from(message), privateKey) };
}
