import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import type { Config } from "../config/read-config.ts";
import { type DatabaseAddress, parseDatabaseUrl } from "../database/address.ts";
import { connect } from "../database/connect.ts";
import { readConnectionNote } from "../database/connection-note.ts";
import { DataLocked } from "../database/data-lock.ts";
import { startEmbeddedPostgres } from "../database/embedded-postgres.ts";
import type { Database } from "../database/schema-types.ts";
import { superuserPassword } from "../database/superuser-password.ts";
import { CommandError } from "./command.ts";
import { isConnectionError } from "./running-database.ts";

export interface OwnerDatabase extends AsyncDisposable {
  readonly owner: Kysely<Database>;
}

/**
 * The database as its owner, who may do what the server may not. Works beside a running Ubada, and starts PostgreSQL
 * for itself where none runs; the data is then locked until this is disposed of.
 */
export async function openOwnerDatabase(config: Config): Promise<OwnerDatabase> {
  await using resources = new AsyncDisposableStack();
  const address = await findAddress(config, resources);
  const { db } = resources.use(connect(address, { name: "ubada-command", max: 3 }));
  await requirePrepared(db);
  const kept = resources.move();
  return { owner: db, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function findAddress(config: Config, resources: AsyncDisposableStack): Promise<DatabaseAddress> {
  if (config.databaseUrl !== undefined) return parseDatabaseUrl(config.databaseUrl);
  const note = readConnectionNote(config.dataDirectory);
  const [directory, secretsDirectory] = [join(config.dataDirectory, "postgres"), join(config.dataDirectory, "secrets")];
  if (!note || !existsSync(directory)) throw new CommandError("Ubada has not run on this folder yet; run: npm start");
  try {
    return resources.use(await startEmbeddedPostgres({ directory, secretsDirectory, tell: () => {} })).address;
  } catch (error) {
    if (!(error instanceof DataLocked)) throw error;
    return { ...note, user: "postgres", password: await superuserPassword(secretsDirectory, true) };
  }
}

async function requirePrepared(db: Kysely<Database>): Promise<void> {
  try {
    const { rows } = await sql<{ prepared: boolean }>`
      select to_regclass('vault.lookup_key') is not null as prepared`.execute(db);
    if (rows[0]?.prepared === true) return;
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    throw new CommandError("The database does not answer; wait until Ubada serves, or run: npm start", { cause: error });
  }
  throw new CommandError("This Ubada has not been started on the database yet, which it prepares then; run: npm start");
}
