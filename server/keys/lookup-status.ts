import type { Kysely } from "kysely";
import type { LookupKeys } from "../config/lookup-keys.ts";
import type { Database } from "../database/schema-types.ts";
import { countEntries, listVersions, type LookupVersion } from "../vault/lookup-versions.ts";

export interface LookupStatus extends LookupVersion {
  /** How many rows are found by a digest of it. */
  readonly entries: number;
  /** Whether its key is there. */
  readonly held: boolean;
  /**
   * current: new rows are of it. unfinished: a rotation away from it has still to end. kept: no row is of it, and its key
   * is needed because digests of later versions are made from it.
   */
  readonly state: "current" | "unfinished" | "kept";
}

/** Every version of the look-up key, the oldest first. Runs as the owner; reads the whole index. */
export async function readLookupStatus(owner: Kysely<Database>, keys: LookupKeys): Promise<readonly LookupStatus[]> {
  const versions = await listVersions(owner);
  const counts = await countEntries(owner);
  const held = keys.read().length;
  const current = versions.at(-1)?.version;
  return versions.map((known) => ({
    ...known,
    entries: counts.get(known.version) ?? 0,
    held: known.version <= held,
    state: known.version === current ? "current" : known.emptiedAt === null ? "unfinished" : "kept",
  }));
}
