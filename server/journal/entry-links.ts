import type { Context } from "../context.ts";
import { type EntryLink, openLink, unsealedEpoch } from "../vault/entry-link.ts";

/** Every journal entry about a person, the newest first. Reads all their links, whose order the seal hides. */
export async function readEntryLinks(
  { db, keys }: Pick<Context, "db" | "keys">,
  subject: string,
): Promise<readonly EntryLink[]> {
  const rows = await db
    .selectFrom("journal.about")
    .select(["kek_epoch", "sealed"])
    .where("subject_id", "=", subject)
    .execute();
  for (const { kek_epoch: epoch } of rows) {
    if (epoch !== unsealedEpoch && !keys.has(epoch)) await keys.find(epoch);
  }
  return rows.map((row) => openLink(keys, subject, row)).toSorted((a, b) => (a.entryId < b.entryId ? 1 : -1));
}
