import { randomBytes as systemRandomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { type Kysely, sql } from "kysely";
import { policy } from "../server/config/policy.ts";
import { createNewId } from "../server/config/new-id.ts";
import { createRandomBytes } from "../server/config/random-bytes.ts";
import type { Database } from "../server/database/schema-types.ts";
import { appendEntry } from "../server/journal/append-entry.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";
import { keepMonthsSince } from "../test-kit/journal-months.ts";
import { startOwnPostgres } from "./own-postgres.ts";
import { rate } from "./rate.ts";
import { list, median, medianRatio } from "./report.ts";

/**
 * What one journal entry costs in a short journal and in one of ten million spread over the 60 months that are kept by
 * default, each against a bare durable INSERT of a row of its size in the same minutes; and what looking for new entries
 * costs, as the ledger does every second. Writes JOURNAL-GROWTH.md. Not part of `npm run bench`, since filling takes minutes
 * and some 4 GB of disk: node bin/run.mjs bench/journal-growth.ts
 */
const sizes = [10_000, 1_000_000, 10_000_000];
const rounds = 5;
const secondsEach = 3;
const months = 60;

const randomBytes = createRandomBytes(systemRandomBytes);
const newId = createNewId(Date.now, randomBytes);
const keys = new KeyEncryptionKeys([{ epoch: 1, bytes: randomBytes(32) }]);

interface Measured {
  readonly size: number;
  readonly entriesPerSecond: readonly number[];
  readonly insertsPerSecond: readonly number[];
  /** How long a look for new entries takes where there are none. */
  readonly lookMs: number;
}

await using postgres = await startOwnPostgres(1);
const { db } = postgres;
await keepMonthsSince(postgres.address, Temporal.Now.instant().subtract({ hours: 24 * 30 * months }));
await sql`create table public.bench_floor (id uuid primary key, payload bytea not null)`.execute(db);
const measured: Measured[] = [];
let filled = 0;
for (const size of sizes) {
  await fill(db, size - filled);
  filled = size;
  // Filling all at once leaves work behind that a journal which grows day by day does not have.
  await sql`vacuum analyze journal.entry`.execute(db);
  await sql`checkpoint`.execute(db);
  measured.push({ size, ...(await measure(db)) });
}
const report = printGrowth(measured);
await writeFile(new URL("JOURNAL-GROWTH.md", import.meta.url), report);
process.stdout.write(report);

/** Entries as they are written, one after the other in time, as many in each of the months. */
async function fill(db: Kysely<Database>, count: number): Promise<void> {
  for (let month = months; month > 0; month--) {
    await sql`
      insert into journal.entry (entry_id, at, operation, purpose, basis, clause, categories, actor, outcome, policy_version)
        select uuidv7(make_interval(days => ${-30 * month}::integer)), now() - make_interval(days => ${30 * month}::integer),
          'extraction', '8.2', 'consent', '8.2', '{surname,firstName,phone,email}', 'system', 'done', ${policy.version}
        from generate_series(1, ${Math.ceil(count / months)}::integer)`.execute(db);
  }
}

async function measure(db: Kysely<Database>) {
  const entriesPerSecond: number[] = [];
  const insertsPerSecond: number[] = [];
  const lookMs = 1000 / (await rate([() => lookForNew(db)], secondsEach));
  for (let round = 0; round < rounds; round += 1) {
    const insert = () => sql`insert into public.bench_floor values (${newId()}, ${randomBytes(184)})`.execute(db);
    insertsPerSecond.push(await rate([insert], secondsEach));
    entriesPerSecond.push(await rate([() => append(db)], secondsEach));
  }
  return { entriesPerSecond, insertsPerSecond, lookMs };
}

/** As the ledger looks every second, after the last transaction. */
async function lookForNew(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql`select * from ledger.new_entries(pg_current_xact_id()::text::bigint, ${newId()}, 1)`.execute(db);
  if (rows.length > 0) throw new Error("there was an entry after the last transaction");
}

function append(db: Kysely<Database>): Promise<void> {
  return appendEntry({ keys, randomBytes }, db, null, {
    entryId: newId(),
    at: Temporal.Now.instant(),
    operation: "extraction",
    purpose: "8.2",
    basis: "consent",
    clause: "8.2",
    categories: ["surname", "firstName", "phone", "email"],
    actor: { kind: "system" },
    policyVersion: policy.version,
  });
}

function printGrowth(measured: readonly Measured[]): string {
  const rows = measured.map(
    ({ size, entriesPerSecond, insertsPerSecond, lookMs }) =>
      `| ${size.toLocaleString("en")} | ${medianRatio(entriesPerSecond, insertsPerSecond).toFixed(2)} | ` +
      `${lookMs.toFixed(1)} ms | ${median(entriesPerSecond).toFixed(0)} | ${list(entriesPerSecond)} | ${list(insertsPerSecond)} |`,
  );
  return [
    "# What a journal entry costs as the journal grows",
    "",
    "Written by `node bin/run.mjs bench/journal-growth.ts`: durable entries one after the other on one connection, in turn with",
    `bare durable INSERTs of a row of that size, and spread over ${months} months, each a table of its own. The ratio is what`,
    "to compare; single figures follow the machine. A look is for entries that are not in the ledger, where there are none.",
    "",
    "| entries in the journal | entries per bare INSERT | a look | entries/s | rounds | bare INSERTs/s, rounds |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
