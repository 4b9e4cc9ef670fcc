import { randomBytes as systemRandomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { type Kysely, sql } from "kysely";
import { policy } from "../server/config/policy.ts";
import { createNewId } from "../server/config/new-id.ts";
import { createRandomBytes } from "../server/config/random-bytes.ts";
import type { Database } from "../server/database/schema-types.ts";
import { appendEntry } from "../server/journal/append-entry.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";
import { startOwnPostgres } from "./own-postgres.ts";
import { rate } from "./rate.ts";
import { list, median, medianRatio } from "./report.ts";

/**
 * What one journal entry costs in a short journal and in one of ten million, each against a bare durable INSERT of a row
 * of its size in the same minutes; writes JOURNAL-GROWTH.md. Not part of `npm run bench`, since filling takes minutes and
 * some 4 GB of disk: node bin/run.mjs bench/journal-growth.ts
 */
const sizes = [10_000, 1_000_000, 10_000_000];
const rounds = 5;
const secondsEach = 3;
const fillAtOnce = 1_000_000;

const randomBytes = createRandomBytes(systemRandomBytes);
const newId = createNewId(Date.now, randomBytes);
const keys = new KeyEncryptionKeys([{ epoch: 1, bytes: randomBytes(32) }]);

interface Measured {
  readonly size: number;
  readonly entriesPerSecond: readonly number[];
  readonly insertsPerSecond: readonly number[];
}

await using postgres = await startOwnPostgres(1);
const { db } = postgres;
await sql`create table public.bench_floor (id uuid primary key, payload bytea not null)`.execute(db);
const measured: Measured[] = [];
let filled = 0;
for (const size of sizes) {
  for (; filled < size; filled += Math.min(fillAtOnce, size - filled)) await fill(db, Math.min(fillAtOnce, size - filled));
  // Filling all at once leaves work behind that a journal which grows day by day does not have.
  await sql`vacuum analyze journal.entry`.execute(db);
  await sql`checkpoint`.execute(db);
  measured.push({ size, ...(await measure(db)) });
}
const report = printGrowth(measured);
await writeFile(new URL("JOURNAL-GROWTH.md", import.meta.url), report);
process.stdout.write(report);

/** Entries as they are written, one after the other in time. */
async function fill(db: Kysely<Database>, count: number): Promise<void> {
  await sql`
    insert into journal.entry (entry_id, at, operation, purpose, basis, clause, categories, actor, outcome, policy_version)
      select uuidv7(), clock_timestamp(), 'extraction', '8.2', 'consent', '8.2', '{surname,firstName,phone,email}', 'system',
        'done', ${policy.version}
      from generate_series(1, ${count}::integer)`.execute(db);
}

async function measure(db: Kysely<Database>) {
  const entriesPerSecond: number[] = [];
  const insertsPerSecond: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const insert = () => sql`insert into public.bench_floor values (${newId()}, ${randomBytes(184)})`.execute(db);
    insertsPerSecond.push(await rate([insert], secondsEach));
    entriesPerSecond.push(await rate([() => append(db)], secondsEach));
  }
  return { entriesPerSecond, insertsPerSecond };
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
    ({ size, entriesPerSecond, insertsPerSecond }) =>
      `| ${size.toLocaleString("en")} | ${medianRatio(entriesPerSecond, insertsPerSecond).toFixed(2)} | ` +
      `${median(entriesPerSecond).toFixed(0)} | ${list(entriesPerSecond)} | ${list(insertsPerSecond)} |`,
  );
  return [
    "# What a journal entry costs as the journal grows",
    "",
    "Written by `node bin/run.mjs bench/journal-growth.ts`: durable entries one after the other on one connection, in turn with",
    "bare durable INSERTs of a row of that size. The ratio is what to compare; single figures follow the machine.",
    "",
    "| entries in the journal | entries per bare INSERT | entries/s | rounds | bare INSERTs/s, rounds |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
