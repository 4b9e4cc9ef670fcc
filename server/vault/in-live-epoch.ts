import type { KeyEncryptionKeys } from "./key-encryption-keys.ts";
import { isRetiredEpoch } from "./key-epochs.ts";

/** The database refuses the only epoch that this process has keys of. */
export class EpochRetired extends Error {
  readonly code = "kek-retired";
  constructor(epoch: number) {
    super(
      `Epoch ${epoch} of the key-encryption key is retired, and this process has no later key: ` +
        "start it with the new one.",
    );
  }
}

/**
 * Runs work that stores a new subject's key. Where the database refuses it because another process has opened a new
 * epoch, takes in the new key and runs the work once more; so it costs nothing but then. `work`: all or nothing, and
 * wraps the key itself.
 */
export async function inLiveEpoch<T>(keys: KeyEncryptionKeys, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRetiredEpoch(error)) throw error;
  }
  await keys.findAfter(keys.current);
  try {
    return await work();
  } catch (error) {
    throw isRetiredEpoch(error) ? new EpochRetired(keys.current) : error;
  }
}
