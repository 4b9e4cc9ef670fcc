import { createHmac, createSecretKey, type KeyObject } from "node:crypto";

/** The categories by which a person can be found. */
export type LookupCategory = "email" | "phone";

/**
 * Finds people by e-mail or phone without keeping either: HMAC-SHA256 under a key that lies outside the database.
 * A copy of the database cannot be searched, not even by trying every phone number of the country.
 */
export class BlindIndex {
  /** Of the key, as `vault.lookup` remembers it. */
  readonly version = 1;
  readonly #key: KeyObject;

  constructor(key: Buffer) {
    this.#key = createSecretKey(key);
  }

  /** `value`: an address as `normaliseEmail` gives it, or a phone number in E.164. */
  digest(category: LookupCategory, value: string): Buffer {
    return createHmac("sha256", this.#key).update(`lookup/${category}\0${value}`).digest();
  }

  /** A keyed digest for anything else that must be recognised but not kept, such as a letter or a sign-in code. */
  digestOf(kind: string, value: string | Buffer): Buffer {
    return createHmac("sha256", this.#key).update(`${kind}\0`).update(value).digest();
  }
}

/** One spelling for one mailbox: people type their address in any case, and providers do not tell cases apart. */
export function normaliseEmail(address: string): string {
  return address.trim().normalize("NFC").toLowerCase();
}
