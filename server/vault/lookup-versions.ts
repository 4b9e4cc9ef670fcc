import { type Kysely, sql } from "kysely";
import type { LookupKeys } from "../config/lookup-keys.ts";
import type { Context } from "../context.ts";
import { isRefusedBy } from "../database/database-error.ts";
import { lockBriefly } from "../database/lock-briefly.ts";
import type { Database } from "../database/schema-types.ts";
import { LookupKeyMissing } from "./blind-index.ts";
import { KeysBusy } from "./key-epochs.ts";
import { refuseSwapped, requireKeys } from "./require-keys.ts";

/** A version of the look-up key, as the database remembers it. */
export interface LookupVersion {
  readonly version: number;
  /** From then on the database takes no new row of an earlier version. */
  readonly openedAt: Temporal.Instant;
  /** When a count found no row of it left. */
  readonly emptiedAt: Temporal.Instant | null;
}

/**
 * What is found by its digest, each with the constraint that refuses rows of earlier versions. A sign-in
 * code is not: it remembers its version, and is gone within minutes.
 */
export const digestTables = [
  { table: "vault.lookup", liveVersion: "lookup_live_version" },
  { table: "letters.incoming", liveVersion: "incoming_live_version" },
] as const;

/** Every version that this database has used, from 1 on without gaps. */
export async function listVersions(db: Kysely<Database>): Promise<readonly LookupVersion[]> {
  const rows = await db.selectFrom("vault.lookup_key").selectAll().orderBy("version").execute();
  return rows.map((row) => ({ version: row.version, openedAt: row.opened_at, emptiedAt: row.emptied_at }));
}

/** Tells the index which versions are in use. @throws LookupKeyMissing */
export async function learnVersions({ db, index }: Pick<Context, "db" | "index">): Promise<void> {
  const versions = await listVersions(db);
  index.learn(versions.filter(({ emptiedAt }) => emptiedAt === null).map(({ version }) => version).toReversed());
}

/**
 * Sees that the key of every version in use is there, and that each is the one it was. Runs as the owner, at every start.
 * Returns the versions.
 * @throws LookupKeyMissing, KeySwapped, ForeignKeys
 */
export async function requireLookupKeys(owner: Kysely<Database>, keys: LookupKeys): Promise<readonly LookupVersion[]> {
  const versions = await listVersions(owner);
  const held = keys.read();
  for (const { version } of versions) {
    const bytes = held[version - 1];
    if (!bytes) throw new LookupKeyMissing(keys.nameOf(version));
    await refuseSwapped(owner, { name: fingerprintName(version), bytes }, keys.nameOf(version));
    await requireKeys(owner, { [fingerprintName(version)]: bytes });
  }
  return versions;
}

/**
 * From the commit of this on, new rows are of this version and of no other: the database refuses them. Every transaction
 * that stored one of an earlier version has ended by then. That is why whoever knows of this version sees all rows of
 * earlier ones, which only become less, and two servers that know different versions never take one person for two.
 * @throws KeySwapped, ForeignKeys, KeysBusy
 */
export async function openVersion(
  owner: Kysely<Database>,
  keys: LookupKeys,
  version: number,
  now: Temporal.Instant,
): Promise<void> {
  const bytes = keys.read()[version - 1];
  if (!bytes) throw new LookupKeyMissing(keys.nameOf(version));
  await refuseSwapped(owner, { name: fingerprintName(version), bytes }, keys.nameOf(version));
  const opened = await lockBriefly(owner, async (tx) => {
    for (const { table, liveVersion } of digestTables) {
      await sql`alter table ${sql.table(table)}
        drop constraint if exists ${sql.id(liveVersion)},
        add constraint ${sql.id(liveVersion)} check (key_version >= ${sql.lit(version)}) not valid`.execute(tx);
    }
    await requireKeys(tx, { [fingerprintName(version)]: bytes });
    await tx.insertInto("vault.lookup_key").values({ version, opened_at: now }).execute();
  });
  if (!opened) throw new KeysBusy();
}

/** Lets the database count, by validating its constraints, that no row of an earlier version is left, and remembers when. */
export async function markEmptyVersionsBefore(
  owner: Kysely<Database>,
  version: number,
  now: Temporal.Instant,
): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    for (const { table, liveVersion } of digestTables) {
      await sql`alter table ${sql.table(table)} validate constraint ${sql.id(liveVersion)}`.execute(tx);
    }
    await tx
      .updateTable("vault.lookup_key")
      .set({ emptied_at: now })
      .where("version", "<", version)
      .where("emptied_at", "is", null)
      .execute();
  });
}

/** How many rows are of each version. Reads the whole tables. */
export async function countEntries(owner: Kysely<Database>): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (const { table } of digestTables) {
    const rows = await owner
      .selectFrom(table)
      .select(["key_version", ({ fn }) => fn.countAll<string>().as("count")])
      .groupBy("key_version")
      .execute();
    for (const { key_version: version, count } of rows) counts.set(version, (counts.get(version) ?? 0) + Number(count));
  }
  return counts;
}

/** Whether the database refused a row because a later version has been opened. */
export function isEarlierVersion(error: unknown): boolean {
  return digestTables.some(({ liveVersion }) => isRefusedBy(error, liveVersion));
}

/** As it was named before there were versions. */
function fingerprintName(version: number): string {
  return version === 1 ? "lookup" : `lookup-${version}`;
}
