import { type Kysely, sql } from "kysely";
import { isRefusedBy } from "../database/database-error.ts";
import { lockBriefly } from "../database/lock-briefly.ts";
import type { Database } from "../database/schema-types.ts";

/** An epoch of the key-encryption key, as the database remembers it. */
export interface KeyEpoch {
  readonly epoch: number;
  readonly openedAt: Temporal.Instant;
  /** Since when nothing is wrapped under it. */
  readonly retiredAt: Temporal.Instant | null;
  /** When a count found nothing left under it: only older backups need it. */
  readonly emptiedAt: Temporal.Instant | null;
  readonly destroyedAt: Temporal.Instant | null;
}

/** The constraint that refuses keys wrapped under a retired epoch (migration 006). */
const liveEpoch = "subject_key_live_epoch";

/** Every epoch of this database, the oldest first. */
export async function listEpochs(db: Kysely<Database>): Promise<readonly KeyEpoch[]> {
  const rows = await db.selectFrom("vault.key_epoch").selectAll().orderBy("epoch").execute();
  return rows.map((row) => ({
    epoch: row.epoch,
    openedAt: row.opened_at,
    retiredAt: row.retired_at,
    emptiedAt: row.emptied_at,
    destroyedAt: row.destroyed_at,
  }));
}

/** Opening an epoch twice changes nothing. */
export async function openEpoch(owner: Kysely<Database>, epoch: number, now: Temporal.Instant): Promise<void> {
  await owner
    .insertInto("vault.key_epoch")
    .values({ epoch, opened_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Somebody holds what is to be changed in a transaction that does not end. */
export class KeysBusy extends Error {
  readonly code = "keys-busy";
  constructor() {
    super("Other transactions kept the tables busy the whole time, so nothing was changed; run the same command again.");
  }
}

/**
 * From the commit of this on, the database refuses keys wrapped under an epoch before `epoch`. Every transaction that
 * stored one has ended by then, so what is left under earlier epochs only becomes less.
 * @throws KeysBusy
 */
export async function retireEpochsBefore(owner: Kysely<Database>, epoch: number, now: Temporal.Instant): Promise<void> {
  if (!(await lockBriefly(owner, (tx) => retire(tx, epoch, now)))) throw new KeysBusy();
}

async function retire(tx: Kysely<Database>, epoch: number, now: Temporal.Instant): Promise<void> {
  await sql`alter table vault.subject_key
    drop constraint if exists ${sql.id(liveEpoch)},
    add constraint ${sql.id(liveEpoch)} check (kek_epoch >= ${sql.lit(epoch)}) not valid`.execute(tx);
  await tx
    .updateTable("vault.key_epoch")
    .set({ retired_at: now })
    .where("epoch", "<", epoch)
    .where("retired_at", "is", null)
    .execute();
}

/**
 * Lets the database count, by validating its constraint, that nothing hangs on epochs before the one up to which they
 * were retired, and remembers when that was.
 */
export async function markEmptyBefore(owner: Kysely<Database>, epoch: number, now: Temporal.Instant): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    await sql`alter table vault.subject_key validate constraint ${sql.id(liveEpoch)}`.execute(tx);
    await tx
      .updateTable("vault.key_epoch")
      .set({ emptied_at: now })
      .where("epoch", "<", epoch)
      .where("emptied_at", "is", null)
      .execute();
  });
}

/** When the key of an emptied epoch may be destroyed: once every backup that needs it has passed its time. */
export function destroyedFrom({ emptiedAt }: KeyEpoch, backupWindowDays: number): Temporal.Instant | null {
  return emptiedAt === null ? null : emptiedAt.add({ hours: 24 * backupWindowDays });
}

/** Counts once more whether any key hangs on this epoch or an earlier one; the server's own role may ask. */
export async function holdsKeysUpTo(db: Kysely<Database>, epoch: number): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select vault.holds_keys_up_to(${epoch}) as held`.execute(db);
  return rows[0]?.held !== false;
}

/** How many subjects' keys are wrapped under each epoch. Reads the whole table. */
export async function countKeys(owner: Kysely<Database>): Promise<ReadonlyMap<number, number>> {
  const rows = await owner
    .selectFrom("vault.subject_key")
    .select(["kek_epoch", ({ fn }) => fn.countAll<string>().as("count")])
    .groupBy("kek_epoch")
    .execute();
  return new Map(rows.map(({ kek_epoch, count }) => [kek_epoch, Number(count)]));
}

/** Whether the database refused a key because its epoch is retired. */
export function isRetiredEpoch(error: unknown): boolean {
  return isRefusedBy(error, liveEpoch);
}
