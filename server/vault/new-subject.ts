import type { KeyEncryptionKeys, WrappedKey } from "./key-encryption-keys.ts";
import { type RandomBytes, seal } from "./seal.ts";

/** A person whose data comes in for the first time: a random id, a random key, and the key's wrapping. */
export interface NewSubject {
  readonly subjectId: string;
  readonly key: WrappedKey;
  seal(plain: Buffer, identity: string): Buffer;
}

/** Makes the key of a new subject. Nothing is stored yet; `storeSubject` does, in the caller's transaction. */
export function newSubject(means: {
  readonly keys: KeyEncryptionKeys;
  readonly newId: () => string;
  readonly randomBytes: RandomBytes;
}): NewSubject {
  const subjectId = means.newId();
  const key = means.randomBytes(32);
  return {
    subjectId,
    key: means.keys.wrap(subjectId, key, means.randomBytes),
    seal: (plain, identity) => seal(key, plain, identity, means.randomBytes),
  };
}
