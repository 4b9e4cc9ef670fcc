import { type Kysely, sql } from "kysely";
import type { Database } from "../database/schema-types.ts";

/** A checkpoint that all witnesses are asked to cosign, so that one note can carry all their signatures. */
export interface ShownCheckpoint {
  readonly size: number;
  /** Signed by the log alone. */
  readonly note: string;
}

/**
 * How long one checkpoint is shown before the next, in seconds. Entries come every second, and each cosignature is a
 * request, a write on the side of the witness, who serves many logs, and a row here; outsiders lose no more than these seconds.
 */
export const showEvery = 10;

/** For how long old checkpoints are kept for proofs that carry them; the last of each witness stays. */
const keptFor = { hours: 24 };

/**
 * The checkpoint to be cosigned now: the last signed one, once the one before was shown for long enough. Undefined before
 * there is an entry. Two servers agree on it: the row of the checkpoint, by which they sequence, is locked for a moment.
 */
export async function showCheckpoint(db: Kysely<Database>, now: Temporal.Instant): Promise<ShownCheckpoint | undefined> {
  const shown = await readShown(db);
  if (!(await isDue(db, shown, now))) return shown;
  return db.transaction().execute(async (tx) => {
    const signed = await tx.selectFrom("ledger.checkpoint").select(["size", "note"]).forUpdate().executeTakeFirstOrThrow();
    const before = await readShown(tx);
    if (!(await isDue(tx, before, now))) return before;
    await forgetOld(tx, now);
    await tx.insertInto("ledger.shown").values({ ...signed, shown_at: now }).execute();
    return { size: Number(signed.size), note: signed.note };
  });
}

async function readShown(db: Kysely<Database>): Promise<(ShownCheckpoint & { readonly at: Temporal.Instant }) | undefined> {
  const row = await db.selectFrom("ledger.shown").selectAll().orderBy("size", "desc").limit(1).executeTakeFirst();
  return row && { size: Number(row.size), note: row.note, at: row.shown_at };
}

async function isDue(
  db: Kysely<Database>,
  shown: Awaited<ReturnType<typeof readShown>>,
  now: Temporal.Instant,
): Promise<boolean> {
  // A clock that was set back must not stop it for as long.
  const wait = shown === undefined ? undefined : now.since(shown.at).total("seconds");
  if (wait !== undefined && wait >= 0 && wait < showEvery) return false;
  const signed = await db.selectFrom("ledger.checkpoint").select("size").executeTakeFirst();
  return Number(signed?.size ?? 0) > (shown?.size ?? 0);
}

async function forgetOld(tx: Kysely<Database>, now: Temporal.Instant): Promise<void> {
  await sql`delete from ledger.shown
    where shown_at < ${now.subtract(keptFor)} and size < (select size from ledger.published)
      and not exists (select from ledger.witness where cosigned_size = shown.size)`.execute(tx);
}
