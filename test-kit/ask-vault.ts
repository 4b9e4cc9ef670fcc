import { type Kysely, sql } from "kysely";
import type { Database } from "../server/database/schema-types.ts";
import { unsealedEpoch } from "../server/vault/entry-link.ts";

export interface VaultAsk {
  readonly subject: string;
  readonly entry: string;
  readonly purpose: string;
  readonly operation: string;
  readonly categories: readonly string[];
  readonly actor: string;
}

/** The answer of `vault.open_subjects`, which alone gives keys away; `opened` says whether it did. */
export interface VaultAnswer {
  readonly outcome: string;
  readonly reason: string | null;
  readonly clause: string;
  readonly opened: boolean;
}

/** Asks the database as any SQL could that the server's role sends; the answers are in the order of the questions. */
export async function askVault(
  db: Kysely<Database>,
  now: Temporal.Instant,
  asks: readonly VaultAsk[],
  entries: readonly string[] = asks.map(({ entry }) => entry),
): Promise<readonly VaultAnswer[]> {
  const none = asks.map(() => null);
  const links = entries.map((entry) => Buffer.from(entry.replaceAll("-", ""), "hex"));
  const { rows } = await sql<VaultAnswer>`
    select outcome, reason, clause, wrapped_key is not null as opened from vault.open_subjects(true, ${now}, ${unsealedEpoch},
      ${asks.map(({ subject }) => subject)}, ${entries}, ${asks.map(({ purpose }) => purpose)},
      ${asks.map(({ operation }) => operation)}, ${asks.map(({ categories }) => `{${categories.join(",")}}`)}, ${none},
      ${asks.map(({ actor }) => actor)}, ${none}, ${links}, ${none})
    order by place`.execute(db);
  return rows;
}
