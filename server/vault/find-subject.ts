import { type Kysely, sql } from "kysely";
import type { Context } from "../context.ts";
import { columnOf } from "../database/columns.ts";
import type { Database } from "../database/schema-types.ts";
import type { Digest, LookupCategory } from "./blind-index.ts";
import { learnVersions } from "./lookup-versions.ts";

/**
 * The one subject that this address or phone identifies, or undefined. An e-mail address identifies: it is what signs in
 * and what confirms. A phone number identifies only where no address was given. Nothing else ever merges two people:
 * what is typed into a form is not verified (9), and must not open somebody else's cabinet.
 */
export async function findSubject(
  ctx: Pick<Context, "db" | "index">,
  category: LookupCategory,
  value: string,
): Promise<string | undefined> {
  return (await lookUp(ctx, category, value)).subject;
}

/** `digest`: of the newest version when it was looked for. Whoever is not found is claimed under this and no other. */
export interface LookedUp {
  readonly subject: string | undefined;
  readonly digest: Digest;
}

/**
 * Looks under every version in use, in one snapshot: an entry that is being renewed is seen before or after, never not at
 * all. The same snapshot says whether the database knows a later version than this process, which then learns it.
 */
export async function lookUp(
  ctx: Pick<Context, "db" | "index">,
  category: LookupCategory,
  value: string,
): Promise<LookedUp> {
  for (;;) {
    const digest = ctx.index.newest(category, value);
    const digests = columnOf("bytea", [digest.digest, ...ctx.index.earlier(category, value)]);
    const { rows } = await sql<{ subject: string | null; newest: number }>`
      select
        (select subject_id from vault.lookup where digest = any (${digests}::bytea[]) and identifies) as subject,
        (select max(version) from vault.lookup_key) as newest`.execute(ctx.db);
    const [found] = rows;
    if (found && found.newest <= digest.key_version) return { subject: found.subject ?? undefined, digest };
    await learnVersions(ctx);
  }
}

/** Which of these digests identify somebody, as base64. Costs nothing where there are none. */
export async function findIdentifying(db: Kysely<Database>, digests: readonly Buffer[]): Promise<ReadonlySet<string>> {
  if (digests.length === 0) return new Set();
  const rows = await db
    .selectFrom("vault.lookup")
    .select("digest")
    .where("digest", "in", digests)
    .where("identifies", "=", true)
    .execute();
  return new Set(rows.map(({ digest }) => digest.toString("base64")));
}
