import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import { openSuperuser } from "./superuser.ts";
import type { Measured } from "./start-measured.ts";

const entries = 100_000;

/**
 * How many journal entries a second the running server takes into its ledger, durably, while nothing else happens: from the
 * moment that 100,000 are in the journal until a signed checkpoint counts them all.
 */
export async function measureSequencing(running: Measured): Promise<{ readonly entriesPerSecond: number }> {
  await using superuser = await openSuperuser(running, 1);
  const { pool } = superuser;
  const before = await sizeOf(pool);
  await pool.query(
    `insert into journal.entry (entry_id, at, operation, purpose, basis, clause, categories, actor, outcome, policy_version)
      select uuidv7(), now(), 'storage', '17', 'duty', '17', '{surname,firstName,phone,email}', 'system', 'done', 'bench'
        from generate_series(1, $1)`,
    [entries],
  );
  const started = performance.now();
  while ((await sizeOf(pool)) < before + entries) await setTimeout(20);
  return { entriesPerSecond: (entries * 1000) / (performance.now() - started) };
}

async function sizeOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ size: string }>("select size from ledger.checkpoint");
  return Number(rows[0]?.size ?? 0);
}
