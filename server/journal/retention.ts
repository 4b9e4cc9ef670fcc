import type { Kysely } from "kysely";
import { fewestJournalMonths } from "../config/read-config.ts";
import type { Database } from "../database/schema-types.ts";

/** Tells the database for how many months journal entries are kept. As its owner: the server must not choose for itself. */
export async function keepJournalFor(owner: Kysely<Database>, months: number): Promise<void> {
  await owner.updateTable("journal.retention").set({ months }).where("months", "<>", months).execute();
}

/** For how many months entries are kept, and how many have gone for being older. */
export interface Keeping {
  readonly months: number;
  readonly pruned: number;
}

export async function readKeeping(db: Kysely<Database>): Promise<Keeping> {
  const { months } = await db.selectFrom("journal.retention").select("months").executeTakeFirstOrThrow();
  const { pruned } = await db
    .selectFrom("journal.pruned")
    .select(({ fn }) => fn.sum<string | null>("entries").as("pruned"))
    .executeTakeFirstOrThrow();
  return { months, pruned: Number(pruned ?? 0) };
}

const purpose = "journal-retention/";

/** The purpose of the journal entry that announces a prune; so that its leaf tells everybody what was allowed to go. */
export function prunePurpose(months: number): string {
  return `${purpose}${months}`;
}

/** The months of such a purpose; undefined for every other one, and for fewer months than any entry has to be kept. */
export function retentionOf(text: string): number | undefined {
  const months = new RegExp(`^${purpose}(\\d{1,4})$`).exec(text)?.[1];
  return months === undefined || Number(months) < fewestJournalMonths ? undefined : Number(months);
}
