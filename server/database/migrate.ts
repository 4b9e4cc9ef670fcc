import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { DatabaseAddress } from "./address.ts";

/** Why the database cannot be brought to the shape that this code expects. */
export class MigrationError extends Error {
  readonly code: "migration-changed" | "migration-gap" | "database-newer" | "migration-rights" | "migration-failed";
  constructor(code: MigrationError["code"], sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const defaultDirectory = new URL("./migrations/", import.meta.url);

/** One at a time, also when two servers start at once; the number is arbitrary and ours. */
const lockNumber = 7_205_601;

/**
 * Makes the roles and runs the migrations that are missing, each in its own transaction. The files are numbered and
 * never change: what ran once is held by its checksum. Returns how many ran.
 */
export async function migrate(
  owner: DatabaseAddress,
  options: { readonly appPassword: string; readonly directory?: URL },
): Promise<number> {
  const migrations = readMigrations(options.directory ?? defaultDirectory);
  const client = new pg.Client({ ...owner, application_name: "ubada-migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockNumber]);
    await makeRoles(client, owner, options.appPassword);
    await client.query("set role ubada_owner");
    const done = await readDone(client);
    checkDone(migrations, done);
    const missing = migrations.slice(done.length);
    for (const migration of missing) await run(client, migration);
    return missing.length;
  } finally {
    await client.end();
  }
}

function readMigrations(directory: URL): readonly Migration[] {
  const names = readdirSync(fileURLToPath(directory)).filter((name) => name.endsWith(".sql"));
  const migrations = names.toSorted().map((name) => {
    const sql = readFileSync(fileURLToPath(new URL(name, directory)), "utf8");
    return { number: Number.parseInt(name, 10), name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
  for (const [index, { number, name }] of migrations.entries()) {
    if (number === index + 1) continue;
    const sentence = `The migration ${name} breaks the numbering; number the files 001, 002, … without a gap.`;
    throw new MigrationError("migration-gap", sentence);
  }
  return migrations;
}

/**
 * ubada_owner owns the schema, ubada_keys owns the keys and the function that opens them, ubada_app is what the
 * server runs as. PostgreSQL 16 and later let a role that may create roles take on only those granted to it.
 */
async function makeRoles(client: pg.Client, owner: DatabaseAddress, appPassword: string): Promise<void> {
  try {
    for (const [role, attributes] of [
      ["ubada_owner", "nologin"],
      ["ubada_keys", "nologin"],
      ["ubada_app", "login"],
    ] as const) {
      const found = await client.query("select from pg_roles where rolname = $1", [role]);
      if (found.rowCount === 0) await client.query(`create role ${role} ${attributes}`);
    }
    await client.query(`alter role ubada_app password ${client.escapeLiteral(appPassword)}`);
    await client.query(`grant ubada_owner to ${client.escapeIdentifier(owner.user)}`);
    await client.query("grant ubada_keys to ubada_owner");
    const database = client.escapeIdentifier(owner.database);
    await client.query(`grant connect, create on database ${database} to ubada_owner`);
    await client.query(`grant connect on database ${database} to ubada_app`);
    await client.query("grant usage, create on schema public to ubada_owner");
  } catch (error) {
    if (!isDatabaseError(error) || error.code !== "42501") throw error;
    const sentence =
      "The user of DATABASE_URL may not create roles; let it (ALTER ROLE … CREATEROLE) and make it owner of the database.";
    throw new MigrationError("migration-rights", sentence, { cause: error });
  }
}

interface Done {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

async function readDone(client: pg.Client): Promise<readonly Done[]> {
  await client.query(`create table if not exists public.ubada_migration (
    number integer primary key, name text not null, checksum text not null,
    applied_at timestamptz not null default now())`);
  const { rows } = await client.query<Done>("select number, name, checksum from public.ubada_migration order by number");
  return rows;
}

function checkDone(migrations: readonly Migration[], done: readonly Done[]): void {
  for (const { number, name, checksum } of done) {
    const migration = migrations[number - 1];
    if (!migration) {
      const sentence = `The database has migration ${name}, which this Ubada does not know; run the newer Ubada that made it.`;
      throw new MigrationError("database-newer", sentence);
    }
    if (migration.checksum !== checksum) {
      const sentence = `The migration ${migration.name} was changed after it had run; put it back and write a new one.`;
      throw new MigrationError("migration-changed", sentence);
    }
  }
}

async function run(client: pg.Client, { number, name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(sql);
    const values = [number, name, checksum];
    await client.query("insert into public.ubada_migration (number, name, checksum) values ($1, $2, $3)", values);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    const reason = isDatabaseError(error) ? error.message : "an unknown fault";
    throw new MigrationError("migration-failed", `The migration ${name} failed and was undone: ${reason}.`, { cause: error });
  }
}

function isDatabaseError(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError;
}
