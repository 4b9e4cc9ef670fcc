import type { Kysely } from "kysely";
import type { KeyEncryptionKey, KeyProvider } from "../config/key-provider.ts";
import type { Database } from "../database/schema-types.ts";
import { countKeys, listEpochs, openEpoch } from "./key-epochs.ts";
import { refuseSwapped, requireKeys } from "./require-keys.ts";

/** The key of an epoch on which live data hangs is not held. */
export class KeyLost extends Error {
  readonly code = "kek-missing";
  constructor(name: string, people: number) {
    super(
      `The key-encryption key ${name} is missing: without it the data of ${people} people cannot be read, by anyone. ` +
        "Put it back from your copy. If it was destroyed after a rotation, this database is an old backup that can no " +
        "longer be read: restore a later one.",
    );
  }
}

/**
 * Sees that every key is there on which live data hangs, and that each is the one it was. Then opens the latest epoch
 * where the database does not know it yet: the first of a new database, or one whose key was made but not used. Runs as
 * the owner, at every start.
 * @throws KeyLost, KeySwapped, ForeignKeys, and what `KeyProvider.read` throws
 */
export async function startEpochs(owner: Kysely<Database>, provider: KeyProvider, now: Temporal.Instant): Promise<void> {
  const { unopened } = await requireEpochs(owner, provider);
  if (unopened) await openWith(owner, unopened, now);
}

/** The checks of `startEpochs` alone. Returns the latest key where its epoch is yet to be opened. */
export async function requireEpochs(
  owner: Kysely<Database>,
  provider: KeyProvider,
): Promise<{ readonly unopened: KeyEncryptionKey | undefined }> {
  const epochs = await listEpochs(owner);
  const held = await provider.read();
  for (const { epoch, emptiedAt } of epochs) {
    if (emptiedAt !== null || held.some((key) => key.epoch === epoch)) continue;
    throw new KeyLost(provider.nameOf(epoch), (await countKeys(owner)).get(epoch) ?? 0);
  }
  const latestKnown = epochs.at(-1)?.epoch ?? 0;
  const latestHeld = held.at(-1);
  const unopened = latestHeld && latestHeld.epoch > latestKnown ? latestHeld : undefined;
  const known = held.filter(({ epoch }) => epochs.some((other) => other.epoch === epoch));
  for (const key of unopened ? [...known, unopened] : known) {
    await refuseSwapped(owner, { name: fingerprintName(key), bytes: key.bytes }, provider.nameOf(key.epoch));
  }
  for (const key of known) await requireKeys(owner, { [fingerprintName(key)]: key.bytes });
  return { unopened };
}

/** The epoch and its fingerprint, both or none. */
export async function openWith(owner: Kysely<Database>, key: KeyEncryptionKey, now: Temporal.Instant): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    await requireKeys(tx, { [fingerprintName(key)]: key.bytes });
    await openEpoch(tx, key.epoch, now);
  });
}

function fingerprintName({ epoch }: KeyEncryptionKey): string {
  return `kek-${epoch}`;
}
