import { sql } from "kysely";
import type { Context } from "../context.ts";
import { appendEntry } from "./append-entry.ts";
import { prunePurpose } from "./retention.ts";
import { sequenceAll } from "./sequence-entries.ts";

type PruneMeans = Pick<Context, "db" | "keys" | "signer" | "now" | "newId" | "randomBytes" | "policy">;

/**
 * Drops whole months of the journal that are older than the retention. First an entry announces it, and is taken into the
 * ledger; then month after month goes, each in one transaction, so that a kill leaves nothing half done and the next time
 * goes on. Cheap when there is nothing to do; several servers at once are harmless. The database decides what is old enough,
 * and refuses (SQLSTATE 22000) a month that does not agree with the ledger: that is evidence. Returns how many entries went.
 */
export async function pruneJournal(means: PruneMeans): Promise<number> {
  const { rows } = await sql<{ due: boolean }>`select journal.is_prune_due(${means.now()}) as due`.execute(means.db);
  if (rows[0]?.due !== true) return 0;
  const announcement = await announce(means);
  await sequenceAll(means);
  let total = 0;
  for (let month = await pruneMonth(means, announcement); month !== null; month = await pruneMonth(means, announcement)) {
    total += Number(month);
  }
  return total;
}

/** Null when nothing is left to prune. */
async function pruneMonth({ db }: PruneMeans, announcement: string): Promise<string | null> {
  const { rows } = await sql<{ entries: string | null }>`select journal.prune(${announcement}) as entries`.execute(db);
  return rows[0]?.entries ?? null;
}

/** The entry that says so in advance; one of the last day on which nothing followed, after a crash, serves once more. */
async function announce(means: PruneMeans): Promise<string> {
  const { db, now, newId, policy } = means;
  const { months } = await db.selectFrom("journal.retention").select("months").executeTakeFirstOrThrow();
  const purpose = prunePurpose(months);
  const waiting = await db
    .selectFrom("journal.entry as entry")
    .select("entry.entry_id")
    .where("entry.at", ">", now().subtract({ hours: 24 }))
    .where("entry.at", "<=", now())
    .where("entry.operation", "=", "deletion")
    .where("entry.purpose", "=", purpose)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("journal.pruned as pruned").whereRef("pruned.entry_id", "=", "entry.entry_id"))),
    )
    .executeTakeFirst();
  if (waiting) return waiting.entry_id;
  const entryId = newId();
  await appendEntry(means, db, null, {
    entryId,
    at: now(),
    operation: "deletion",
    purpose,
    basis: "duty",
    clause: "11.6",
    categories: [],
    actor: { kind: "system" },
    policyVersion: policy.version,
  });
  return entryId;
}
