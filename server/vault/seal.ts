import { createCipheriv, createDecipheriv } from "node:crypto";

/** Bytes from a cryptographically strong source; an argument, so that tests can repeat a run. */
export type RandomBytes = (size: number) => Buffer;

const nonceLength = 12;
const tagLength = 16;

/** A ciphertext that does not open: altered, moved to another row, or sealed under another key. */
export class SealBroken extends Error {
  readonly code = "seal-broken";
  constructor(identity: string, cause: unknown) {
    super(`The sealed record ${identity} does not open: it was altered, moved, or belongs to another key.`, { cause });
  }
}

/**
 * AES-256-GCM: nonce (12 bytes), ciphertext, tag (16). `identity` names the row and is authenticated with it, so
 * that a ciphertext copied into another row does not open. A random nonce is safe here: one key seals one
 * person's records, far below 2^32 (NIST SP 800-38D, 8.3).
 */
export function seal(key: Buffer, plain: Buffer, identity: string, randomBytes: RandomBytes): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(identity));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` closed, or throws `SealBroken`. */
export function unseal(key: Buffer, sealed: Buffer, identity: string): Buffer {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceLength), { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(identity));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
  } catch (error) {
    throw new SealBroken(identity, error);
  }
}
