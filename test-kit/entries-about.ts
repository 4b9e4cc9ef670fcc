import type { Context } from "../server/context.ts";
import type { Database } from "../server/database/schema-types.ts";
import type { Selectable } from "kysely";
import { readEntryLinks } from "../server/journal/entry-links.ts";

type Entry = Selectable<Database["journal.entry"]>;

/** What the journal says about a person, the oldest first: these columns of each entry. */
export async function entriesAbout<Column extends keyof Entry>(
  ctx: Pick<Context, "db" | "keys">,
  subject: string,
  columns: readonly Column[],
): Promise<readonly Pick<Entry, Column>[]> {
  const links = await readEntryLinks(ctx, subject);
  const entries = await ctx.db
    .selectFrom("journal.entry")
    .selectAll()
    .where("entry_id", "in", [null, ...links.map(({ entryId }) => entryId)])
    .orderBy("entry_id")
    .execute();
  return entries.map((entry) => Object.fromEntries(columns.map((column) => [column, entry[column]])) as Pick<Entry, Column>);
}
