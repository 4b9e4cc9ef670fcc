import { hkdfSync } from "node:crypto";
import type { KeyEncryptionKey, KeyProvider } from "../config/key-provider.ts";
import { type RandomBytes, seal, unseal } from "./seal.ts";

export interface WrappedKey {
  readonly epoch: number;
  readonly wrapped: Buffer;
}

/** A key is wrapped under an epoch whose own key is not held. */
export class EpochMissing extends Error {
  readonly code = "kek-missing";
  constructor(name: string) {
    super(
      `The key-encryption key ${name} is missing: what is stored under it cannot be read, by anyone. ` +
        "Put it back from your copy. If it was destroyed after a rotation, this is an old backup that can no longer " +
        "be read: restore a later one.",
    );
  }
}

/**
 * Wraps every subject's random key, so that a database without these keys opens nobody's data. Wraps under the latest
 * epoch. Keys are in memory; one that another process made is taken in by `find` and `findAfter`, which ask the provider
 * only where it is not known yet.
 */
export class KeyEncryptionKeys {
  readonly #keys: Map<number, Buffer>;
  readonly #linkKeys = new Map<number, Buffer>();
  readonly #provider: KeyProvider | undefined;
  #current: number;
  /** Ends when whoever asks the provider now has its answer. */
  #asking: Promise<void> = Promise.resolve();

  constructor(keys: readonly KeyEncryptionKey[], provider?: KeyProvider) {
    this.#keys = new Map(keys.map(({ epoch, bytes }) => [epoch, bytes]));
    this.#provider = provider;
    this.#current = Math.max(...this.#keys.keys());
  }

  /** The epoch under which keys are wrapped now. */
  get current(): number {
    return this.#current;
  }

  wrap(subject: string, key: Buffer, randomBytes: RandomBytes): WrappedKey {
    const epoch = this.#current;
    return { epoch, wrapped: seal(this.#get(epoch), key, identity(subject, epoch), randomBytes) };
  }

  /** The subject's key; the caller wipes it. Throws `EpochMissing` or `SealBroken`. */
  unwrap(subject: string, { epoch, wrapped }: WrappedKey): Buffer {
    return unseal(this.#get(epoch), wrapped, identity(subject, epoch));
  }

  /**
   * The key of an epoch under which journal entries are linked to people (`sealLink`): derived from the epoch's own, so that
   * it is gone when that is destroyed. Not the caller's to wipe. Throws `EpochMissing`.
   */
  linkKey(epoch: number): Buffer {
    const known = this.#linkKeys.get(epoch);
    if (known) return known;
    const key = Buffer.from(hkdfSync("sha256", this.#get(epoch), "", "ubada journal links", 32));
    this.#linkKeys.set(epoch, key);
    return key;
  }

  has(epoch: number): boolean {
    return this.#keys.has(epoch);
  }

  /** Takes in the key of this epoch, if it is not known yet and the provider holds it. Throws what the provider does. */
  find(epoch: number): Promise<void> {
    return this.#takeIn(() => this.has(epoch));
  }

  /** Takes in the key of a later epoch than this, if none is known yet and the provider holds one. */
  findAfter(epoch: number): Promise<void> {
    return this.#takeIn(() => this.#current > epoch);
  }

  /** Drops the key of an epoch, other than the current one, from memory. */
  forget(epoch: number): void {
    if (epoch === this.#current) return;
    for (const keys of [this.#keys, this.#linkKeys]) {
      keys.get(epoch)?.fill(0);
      keys.delete(epoch);
    }
  }

  /** Destroys the key of an epoch, other than the current one. Resolves to whether it is held no more. */
  async destroy(epoch: number, randomBytes: RandomBytes): Promise<boolean> {
    if (epoch === this.#current) return false;
    this.forget(epoch);
    return (await this.#provider?.destroy(epoch, randomBytes)) ?? true;
  }

  /** What the operator calls the key of an epoch. */
  nameOf(epoch: number): string {
    return this.#provider?.nameOf(epoch) ?? `of epoch ${epoch}`;
  }

  /** One after the other, so that the many who meet a new epoch at once ask the provider once. */
  #takeIn(isKnown: () => boolean): Promise<void> {
    const turn = this.#asking.then(async () => {
      if (!isKnown()) this.#add((await this.#provider?.read()) ?? []);
    });
    this.#asking = turn.catch(() => {}); // Whoever asked is told; the next one asks for itself.
    return turn;
  }

  /** The latest of all becomes the current one. */
  #add(keys: readonly KeyEncryptionKey[]): void {
    for (const { epoch, bytes } of keys) {
      if (!this.#keys.has(epoch)) this.#keys.set(epoch, bytes);
    }
    this.#current = Math.max(...this.#keys.keys());
  }

  #get(epoch: number): Buffer {
    const bytes = this.#keys.get(epoch);
    if (!bytes) throw new EpochMissing(this.nameOf(epoch));
    return bytes;
  }
}

function identity(subject: string, epoch: number): string {
  return `vault.subject_key/${subject}/${epoch}`;
}
