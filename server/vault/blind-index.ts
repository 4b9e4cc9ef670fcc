import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import type { LookupKeys } from "../config/lookup-keys.ts";

/** The categories by which a person can be found. */
export type LookupCategory = "email" | "phone";

/** What is recognised but not kept. */
type Kind = LookupCategory | "incoming-letter" | "sign-in-code";

/** A digest as a row keeps it. */
export interface Digest {
  readonly digest: Buffer;
  readonly key_version: number;
}

/** The database is further than the keys that this process can find. */
export class LookupKeyMissing extends Error {
  readonly code = "lookup-key-missing";
  constructor(name: string) {
    super(
      `The look-up key ${name} is missing: without it nobody can be found by e-mail or phone, and nobody new taken in. ` +
        "Put it back from your copy; a new one would find nobody.",
    );
  }
}

/**
 * Finds people by e-mail or phone without keeping either: HMAC-SHA256 under a key that lies outside the database.
 * A copy of the database cannot be searched, not even by trying every phone number of the country.
 *
 * The key has versions (docs/decisions/010-look-up-key-versions.md). A digest of a later version is the HMAC, under the
 * later key, of the digest of the version before: rows are renewed without the plain value, and whoever has only some of
 * the keys can search nothing. While the key turns over, rows are of two versions; new ones are of the newest.
 */
export class BlindIndex {
  #keys: readonly KeyObject[];
  readonly #source: LookupKeys | undefined;
  /** The versions of which there may be rows, the newest first. */
  #live: readonly [number, ...number[]] = [1];

  /** `keys`: that of version 1 first. Takes version 1 for the only one in use until it learns otherwise. */
  constructor(keys: readonly Buffer[], source?: LookupKeys) {
    this.#keys = keys.map((key) => createSecretKey(key));
    this.#source = source;
  }

  /** The newest version: new rows are of it. */
  get version(): number {
    return this.#live[0];
  }

  /** `value`: an address as `normaliseEmail` gives it, a phone number in E.164, or what is to be recognised. */
  digest(kind: Kind, value: string | Buffer, version = this.version): Buffer {
    const label = kind === "email" || kind === "phone" ? `lookup/${kind}` : kind;
    return this.renew(createHmac("sha256", this.#key(1)).update(`${label}\0`).update(value).digest(), 1, version);
  }

  /** For a new row. */
  newest(kind: Kind, value: string | Buffer): Digest {
    return { digest: this.digest(kind, value), key_version: this.version };
  }

  /** Under which older rows may still lie; none but while the key turns over. */
  earlier(kind: Kind, value: string | Buffer): readonly Buffer[] {
    return this.#live.slice(1).map((version) => this.digest(kind, value, version));
  }

  /** The same digest of a later version. */
  renew(digest: Buffer, from: number, version = this.version): Buffer {
    let renewed = digest;
    for (let next = from + 1; next <= version; next += 1) {
      renewed = createHmac("sha256", this.#key(next)).update(`look-up version ${next}\0`).update(renewed).digest();
    }
    return renewed;
  }

  /**
   * What the database says of the versions in use, the newest first; what it said before that is ignored. Takes in keys
   * that another process has made. @throws LookupKeyMissing
   */
  learn(live: readonly number[]): void {
    const [newest = 1, ...earlier] = live;
    if (newest < this.version) return;
    if (newest > this.#keys.length && this.#source) this.#keys = this.#source.read().map((key) => createSecretKey(key));
    this.#key(newest);
    this.#live = [newest, ...earlier];
  }

  #key(version: number): KeyObject {
    const key = this.#keys[version - 1];
    if (!key) throw new LookupKeyMissing(this.#source?.nameOf(version) ?? `of version ${version}`);
    return key;
  }
}

/** One spelling for one mailbox: people type their address in any case, and providers do not tell cases apart. */
export function normaliseEmail(address: string): string {
  return address.trim().normalize("NFC").toLowerCase();
}
