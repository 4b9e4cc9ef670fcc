import type { Kysely } from "kysely";
import type { KeyProvider } from "../config/key-provider.ts";
import type { Database } from "../database/schema-types.ts";
import { KeyEncryptionKeys } from "../vault/key-encryption-keys.ts";
import { countKeys, listEpochs, markEmptyBefore, retireEpochsBefore } from "../vault/key-epochs.ts";
import { resealLinks } from "../vault/reseal-links.ts";
import { rewrapKeys } from "../vault/rewrap-keys.ts";
import type { RandomBytes } from "../vault/seal.ts";
import { openWith, requireEpochs } from "../vault/start-epochs.ts";
import { destroyDueEpochs } from "./destroy-due-epochs.ts";
import { inTurn } from "./in-turn.ts";

export interface RotationMeans {
  /** As the owner: the server's own role cannot read keys. Takes three connections. */
  readonly owner: Kysely<Database>;
  readonly provider: KeyProvider;
  readonly config: { readonly backupWindowDays: number };
  readonly now: () => Temporal.Instant;
  readonly randomBytes: RandomBytes;
}

export interface Rotation {
  /** Under which every key is now. */
  readonly epoch: number;
  /** Whether an earlier rotation that had not ended was finished, rather than a new one begun. */
  readonly resumed: boolean;
  readonly rewrapped: number;
  /** Links between people and journal entries that were sealed anew. */
  readonly resealed: number;
  /** Epochs whose key was destroyed now, because their backup window has passed. */
  readonly destroyed: readonly number[];
}

/** How far it is, in keys wrapped and links sealed anew. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A server that has not been started with the new key could neither read nor store people under it. */
export class ServerWithoutKey extends Error {
  readonly code = "server-without-kek";
  constructor(name: string) {
    super(`${name} is set here, but no server was started with it: restart the server with it, then run this again.`);
  }
}

/** Some keys do not open, so the epoch under which they were wrapped cannot be given up. */
export class KeysBroken extends Error {
  readonly code = "keys-broken";
  constructor(broken: number) {
    super(
      `${broken} keys do not open: they were altered or damaged in the database. All others are under the new epoch, and ` +
        "the old one is kept. Restore those rows of vault.subject_key from a backup and run ubada keys rotate again.",
    );
  }
}

/** Some links do not open, so the epoch under which they were sealed cannot be given up. */
export class LinksBroken extends Error {
  readonly code = "links-broken";
  constructor(broken: number) {
    super(
      `${broken} links between people and journal entries do not open: they were altered or damaged in the database. All ` +
        "keys are under the new epoch, and the old one is kept. Restore those rows of journal.about from a backup and run " +
        "ubada keys rotate again.",
    );
  }
}

/**
 * Opens a new epoch, wraps every key under it while the server goes on, and destroys what no backup needs any more. What
 * a killed rotation left is finished first, instead of opening another epoch. The order is what makes a kill harmless:
 * the key is on the disk before the database knows of it, the database refuses the old epoch before keys are moved, and
 * the old epoch is called empty only by the database's own count.
 * @throws what `requireEpochs` throws, NextKeyWanted, ServerWithoutKey, KeysBusy, KeysBroken, LinksBroken, RotationUnderWay
 */
export function rotateKeys(means: RotationMeans, tell: (progress: Progress) => void): Promise<Rotation> {
  return inTurn(means.owner, () => rotate(means, tell));
}

async function rotate(means: RotationMeans, tell: (progress: Progress) => void): Promise<Rotation> {
  const { owner, provider, config, now, randomBytes } = means;
  const resumed = await openNext(means);
  const keys = new KeyEncryptionKeys(await provider.read(), provider);
  await retireEpochsBefore(owner, keys.current, now());

  const total = (await countBefore(owner, keys.current)) + (await countLinksBefore(owner, keys.current));
  tell({ done: 0, total });
  const { rewrapped, broken } = await rewrapKeys(owner, keys, randomBytes, (done) => tell({ done, total }));
  const links = await resealLinks(owner, keys, randomBytes, (done) => tell({ done: rewrapped + done, total }));
  if (broken > 0) throw new KeysBroken(broken);
  if (links.broken > 0) throw new LinksBroken(links.broken);
  await markEmptyBefore(owner, keys.current, now());
  const destroyed = await destroyDueEpochs({ db: owner, keys, config, now, randomBytes });
  return { epoch: keys.current, resumed, rewrapped, resealed: links.resealed, destroyed };
}

/** Opens the epoch to rotate to. Returns whether it was begun before. */
async function openNext({ owner, provider, now, randomBytes }: RotationMeans): Promise<boolean> {
  const { unopened } = await requireEpochs(owner, provider);
  if (unopened) {
    if (!provider.reachesRunningServer) throw new ServerWithoutKey(provider.nameOf(unopened.epoch));
    await openWith(owner, unopened, now());
    return true;
  }
  const epochs = await listEpochs(owner);
  const latest = epochs.at(-1)?.epoch ?? 0;
  if (epochs.some(({ epoch, emptiedAt }) => epoch < latest && emptiedAt === null)) return true;
  await provider.make(latest + 1, randomBytes);
  const made = (await provider.read()).find(({ epoch }) => epoch === latest + 1);
  if (!made) throw new Error(`the key ${provider.nameOf(latest + 1)} was made and is not there`);
  await openWith(owner, made, now());
  return false;
}

async function countBefore(owner: Kysely<Database>, current: number): Promise<number> {
  const counts = await countKeys(owner);
  return [...counts].reduce((sum, [epoch, count]) => (epoch < current ? sum + count : sum), 0);
}

async function countLinksBefore(owner: Kysely<Database>, current: number): Promise<number> {
  const { count } = await owner
    .selectFrom("journal.about")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("kek_epoch", "<", current)
    .executeTakeFirstOrThrow();
  return Number(count);
}
