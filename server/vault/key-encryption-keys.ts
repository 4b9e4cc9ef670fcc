import { type RandomBytes, seal, unseal } from "./seal.ts";

/** A key-encryption key (KEK) of one epoch, 32 bytes, kept outside the database. */
export interface KeyEncryptionKey {
  readonly epoch: number;
  readonly bytes: Buffer;
}

export interface WrappedKey {
  readonly epoch: number;
  readonly wrapped: Buffer;
}

/** The keys of an old epoch are gone, by rotation or by accident: what they wrapped cannot be read by anybody. */
export class EpochMissing extends Error {
  readonly code = "kek-missing";
  constructor(epoch: number) {
    super(`The key-encryption key of epoch ${epoch} is missing; data under it cannot be read. Restore the key file.`);
  }
}

/** Wraps every subject's random key, so that a database without these keys opens nobody's data. */
export class KeyEncryptionKeys {
  readonly #keys: ReadonlyMap<number, Buffer>;
  readonly #current: KeyEncryptionKey;

  constructor(keys: readonly KeyEncryptionKey[]) {
    const current = keys.toSorted((a, b) => b.epoch - a.epoch)[0];
    if (!current) throw new EpochMissing(1);
    this.#current = current;
    this.#keys = new Map(keys.map((key) => [key.epoch, key.bytes]));
  }

  wrap(subject: string, key: Buffer, randomBytes: RandomBytes): WrappedKey {
    const { epoch, bytes } = this.#current;
    return { epoch, wrapped: seal(bytes, key, identity(subject, epoch), randomBytes) };
  }

  /** The subject's key; the caller wipes it. Throws `EpochMissing` or `SealBroken`. */
  unwrap(subject: string, { epoch, wrapped }: WrappedKey): Buffer {
    const bytes = this.#keys.get(epoch);
    if (!bytes) throw new EpochMissing(epoch);
    return unseal(bytes, wrapped, identity(subject, epoch));
  }
}

function identity(subject: string, epoch: number): string {
  return `vault.subject_key/${subject}/${epoch}`;
}
