import pg from "pg";
import type { DatabaseAddress } from "./address.ts";
import { MigrationError } from "./migration-error.ts";
import { readMigrations, type Migration } from "./migration-files.ts";
import { prepareRoles } from "./prepare-roles.ts";

const ourMigrations = new URL("./migrations/", import.meta.url);

/** One at a time, also when two servers start at once; the number is arbitrary and ours. */
const lockNumber = 7_205_601;

/**
 * Makes the roles and runs the migrations that are missing, each in its own transaction, as ubada_owner. The
 * files are numbered and never change: what ran once is held by its checksum. A file may take on ubada_keys
 * for some statements (SET LOCAL ROLE); it must not end its transaction. Returns how many ran.
 *
 * @param owner a superuser, or a user with CREATEROLE who owns the database (PostgreSQL 15 to 18)
 * @throws MigrationError
 */
export async function migrate(
  owner: DatabaseAddress,
  options: { readonly appPassword: string; readonly directory?: URL },
): Promise<number> {
  const migrations = await readMigrations(options.directory ?? ourMigrations);
  const client = new pg.Client({ ...owner, application_name: "ubada-migrate" });
  // A connection that breaks between two statements is reported by the next one.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockNumber]);
    await prepareRoles(client, options.appPassword);
    await client.query("SET ROLE ubada_owner");
    const missing = findMissing(migrations, await readDone(client));
    for (const migration of missing) await run(client, migration);
    return missing.length;
  } finally {
    await client.end();
  }
}

type Done = Pick<Migration, "number" | "name" | "checksum">;

async function readDone(client: pg.Client): Promise<readonly Done[]> {
  const { rowCount } = await client.query("SELECT WHERE to_regclass('public.ubada_migration') IS NOT NULL");
  if (rowCount === 0) await client.query(migrationTable);
  const sql = "SELECT number, name, checksum FROM public.ubada_migration ORDER BY number";
  const { rows } = await client.query<Done>(sql);
  return rows;
}

const migrationTable = `
  CREATE TABLE public.ubada_migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  );
  COMMENT ON TABLE public.ubada_migration IS
    'Which of server/database/migrations have run here, and the SHA-256 of each as it ran.'`;

function findMissing(migrations: readonly Migration[], done: readonly Done[]): readonly Migration[] {
  for (const [index, { number, name, checksum }] of done.entries()) {
    const migration = migrations[index];
    if (!migration) {
      const sentence = `The database has migration ${name}, which this Ubada does not know: run the newer one.`;
      throw new MigrationError("database-newer", sentence);
    }
    if (number !== migration.number) {
      const sentence = `The database has migration ${name} and not ${migration.name}: restore a backup.`;
      throw new MigrationError("migration-gap", sentence);
    }
    if (migration.checksum !== checksum) {
      const sentence = `The migration ${name} was changed after it had run: put it back and write a new one.`;
      throw new MigrationError("migration-changed", sentence);
    }
  }
  return migrations.slice(done.length);
}

async function run(client: pg.Client, migration: Migration): Promise<void> {
  const { number, name, sql, checksum } = migration;
  await client.query("BEGIN");
  const began = await readTransaction(client);
  try {
    await client.query(sql);
  } catch (error) {
    await client.query("ROLLBACK");
    throw explainFailure(migration, error);
  }
  if ((await readTransaction(client)) !== began) {
    const sentence = `The migration ${name} ends its transaction, so it can be left half done: take COMMIT out.`;
    throw new MigrationError("migration-left-transaction", sentence);
  }
  await client.query("SET LOCAL ROLE ubada_owner");
  const record = "INSERT INTO public.ubada_migration (number, name, checksum) VALUES ($1, $2, $3)";
  await client.query(record, [number, name, checksum]);
  await client.query("COMMIT");
}

async function readTransaction(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
  return rows[0]?.id;
}

/** Only PostgreSQL's sentence and where it was: its detail can hold a row. */
function explainFailure({ name, sql }: Migration, error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const before = error.position === undefined ? undefined : sql.slice(0, Number(error.position));
  const place = before === undefined ? "" : ` at line ${before.split("\n").length}`;
  const reason = `${error.message} (${error.code ?? "no code"})`;
  const sentence = `The migration ${name} failed${place} and was undone: ${reason}.`;
  return new MigrationError("migration-failed", sentence);
}
