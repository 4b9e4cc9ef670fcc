import type { Kysely } from "kysely";
import type { KeyProvider } from "../config/key-provider.ts";
import type { Database } from "../database/schema-types.ts";
import { countKeys, destroyedFrom, type KeyEpoch, listEpochs } from "../vault/key-epochs.ts";

export interface EpochStatus extends KeyEpoch {
  /** How many subjects' keys are wrapped under it. */
  readonly keys: number;
  /** Whether its own key is there. */
  readonly held: boolean;
  /** When it may be destroyed; from then on backups made before `emptiedAt` cannot be read. */
  readonly destroyedFrom: Temporal.Instant | null;
  /**
   * current: keys are wrapped under it. unfinished: a rotation away from it has still to end. kept: only backups need it.
   * due: no backup should need it any more. destroyed: gone.
   */
  readonly state: "current" | "unfinished" | "kept" | "due" | "destroyed";
}

/** Every epoch of this database, the oldest first. Runs as the owner; reads the whole table of keys. */
export async function readKeyStatus(
  owner: Kysely<Database>,
  provider: KeyProvider,
  options: { readonly backupWindowDays: number; readonly now: Temporal.Instant },
): Promise<readonly EpochStatus[]> {
  const epochs = await listEpochs(owner);
  const counts = await countKeys(owner);
  const held = new Set((await provider.read()).map(({ epoch }) => epoch));
  const current = epochs.at(-1)?.epoch;
  return epochs.map((known) => {
    const from = destroyedFrom(known, options.backupWindowDays);
    const state = known.epoch === current ? "current" : stateOf(known, from, options.now);
    return { ...known, keys: counts.get(known.epoch) ?? 0, held: held.has(known.epoch), destroyedFrom: from, state };
  });
}

function stateOf(known: KeyEpoch, from: Temporal.Instant | null, now: Temporal.Instant): EpochStatus["state"] {
  if (known.destroyedAt !== null) return "destroyed";
  if (from === null) return "unfinished";
  return Temporal.Instant.compare(from, now) > 0 ? "kept" : "due";
}
