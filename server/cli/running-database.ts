import { join } from "node:path";
import type { Kysely } from "kysely";
import type { Config } from "../config/read-config.ts";
import { readSecrets, type Secrets } from "../config/secrets.ts";
import { parseDatabaseUrl } from "../database/address.ts";
import { connect } from "../database/connect.ts";
import { readConnectionNote } from "../database/connection-note.ts";
import type { Database } from "../database/schema-types.ts";
import { CommandError } from "./command.ts";

export interface RunningDatabase extends AsyncDisposable {
  readonly db: Kysely<Database>;
  readonly secrets: Secrets;
}

/**
 * The database of the Ubada that runs on this folder (or the operator's own), as the role the server has. Nothing is
 * connected yet: see `isConnectionError` for what the first query throws where it does not run.
 */
export async function findRunningDatabase(config: Config): Promise<RunningDatabase | undefined> {
  const note =
    config.databaseUrl === undefined ? readConnectionNote(config.dataDirectory) : parseDatabaseUrl(config.databaseUrl);
  if (!note) return undefined;
  const secrets = await readExistingSecrets(config);
  const address = { ...note, user: "ubada_app", password: secrets.appPassword };
  const connection = connect(address, { name: "ubada-command", max: 2 });
  return { db: connection.db, secrets, [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose]() };
}

/** The secrets of an installation that has run; a command never makes one. */
export function readExistingSecrets(config: Config): Promise<Secrets> {
  return readSecrets(join(config.dataDirectory, "secrets"), () => {
    throw new CommandError("A key is missing in the secrets folder; put it back from your copy before anything else.");
  });
}

/** Whether the database does not answer, rather than answers something wrong. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["ENOENT", "ECONNREFUSED", "57P03"].includes(String(error.code));
}
