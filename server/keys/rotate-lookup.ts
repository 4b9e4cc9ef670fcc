import type { Kysely } from "kysely";
import type { RandomBytes } from "../config/key-file.ts";
import type { LookupKeys } from "../config/lookup-keys.ts";
import type { Database } from "../database/schema-types.ts";
import { BlindIndex } from "../vault/blind-index.ts";
import {
  countEntries,
  learnVersions,
  markEmptyVersionsBefore,
  openVersion,
  requireLookupKeys,
} from "../vault/lookup-versions.ts";
import { renewDigests } from "../vault/renew-digests.ts";
import { inTurn } from "./in-turn.ts";
import type { Progress } from "./rotate-keys.ts";

export interface LookupRotationMeans {
  /** As the owner: the server's own role may add and delete rows, not change them. Takes two connections. */
  readonly owner: Kysely<Database>;
  readonly lookupKeys: LookupKeys;
  readonly now: () => Temporal.Instant;
  readonly randomBytes: RandomBytes;
}

export interface LookupRotation {
  /** Of which every digest is now. */
  readonly version: number;
  /** Whether an earlier rotation that had not ended was finished, rather than a new one begun. */
  readonly resumed: boolean;
  readonly renewed: number;
}

/**
 * Makes a new version of the look-up key and turns every digest into one of it, while servers go on. What a killed rotation
 * left is finished first, instead of making another version. The order is what makes a kill harmless: the key is on the disk
 * before the database knows of it, the database refuses rows of the old version from the commit by which it knows the new
 * one, and the old version is called empty only by the database's own count.
 * @throws what `requireLookupKeys` and `openVersion` throw, RotationUnderWay
 */
export function rotateLookup(means: LookupRotationMeans, tell: (progress: Progress) => void): Promise<LookupRotation> {
  return inTurn(means.owner, () => rotate(means, tell));
}

async function rotate(means: LookupRotationMeans, tell: (progress: Progress) => void): Promise<LookupRotation> {
  const { owner, lookupKeys, now } = means;
  const resumed = await openNext(means);
  const index = new BlindIndex(lookupKeys.read());
  await learnVersions({ db: owner, index });
  const { version } = index;

  const total = [...(await countEntries(owner))].reduce((sum, [of, count]) => (of < version ? sum + count : sum), 0);
  tell({ done: 0, total });
  const renewed = await renewDigests(owner, index, (done) => tell({ done, total }));
  await markEmptyVersionsBefore(owner, version, now());
  return { version, resumed, renewed };
}

/** Opens the version to rotate to. Returns whether it was begun before. */
async function openNext({ owner, lookupKeys, now, randomBytes }: LookupRotationMeans): Promise<boolean> {
  const versions = await requireLookupKeys(owner, lookupKeys);
  if (versions.slice(0, -1).some(({ emptiedAt }) => emptiedAt === null)) return true;
  const next = versions.length + 1;
  const made = lookupKeys.read().length >= next;
  if (!made) lookupKeys.make(next, randomBytes);
  await openVersion(owner, lookupKeys, next, now());
  return made;
}
