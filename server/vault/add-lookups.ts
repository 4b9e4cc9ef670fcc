import type { Context } from "../context.ts";
import type { LookupCategory } from "./blind-index.ts";

/** An address as `normaliseEmail` gives it, or a phone number in E.164. */
export interface Findable {
  readonly category: LookupCategory;
  readonly value: string;
}

/**
 * Remembers by what else a subject is known, without letting it identify them. Adds nothing that is there already, of
 * whichever version. The caller holds the subject's row, so that two of these come in turn.
 */
export async function addLookups(
  { db, index }: Pick<Context, "db" | "index">,
  subject: string,
  findable: readonly Findable[],
): Promise<void> {
  const found = findable.map(({ category, value }) => ({
    row: { ...index.newest(category, value), subject_id: subject, category, identifies: false },
    earlier: index.earlier(category, value),
  }));
  const earlier = found.flatMap((one) => one.earlier);
  const kept =
    earlier.length === 0
      ? []
      : await db
          .selectFrom("vault.lookup")
          .select("digest")
          .where("subject_id", "=", subject)
          .where("digest", "in", earlier)
          .execute();
  const rows = found.filter((one) => !one.earlier.some((digest) => kept.some((row) => row.digest.equals(digest))));
  if (rows.length === 0) return;
  await db
    .insertInto("vault.lookup")
    .values(rows.map(({ row }) => row))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
