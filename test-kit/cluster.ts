import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { DatabaseAddress } from "../server/database/address.ts";
import { connect } from "../server/database/connect.ts";
import { startEmbeddedPostgres } from "../server/database/embedded-postgres.ts";
import { migrate } from "../server/database/migrate.ts";
import { installQueue } from "../server/queue/boss.ts";

/** What every test process needs to know of the cluster that the run shares; passed on as JSON. */
export interface TestCluster {
  readonly address: DatabaseAddress;
  readonly appPassword: string;
}

export const templateName = "ubada_template";

/**
 * Starts a throw-away PostgreSQL with a migrated template database. Disposing stops it and removes its
 * folder.
 */
export async function startTestCluster(): Promise<TestCluster & AsyncDisposable> {
  await using resources = new AsyncDisposableStack();
  const { address } = resources.use(await startEmptyCluster());
  const appPassword = randomBytes(16).toString("hex");
  const template = await createDatabase(address, templateName);
  await migrate(template, { appPassword });
  {
    await using owner = connect(template, { name: "template", max: 1 });
    await installQueue(template, owner.db);
  }
  const kept = resources.move();
  return { address, appPassword, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The same with nothing in it, not even our roles, which all databases of one PostgreSQL share. */
export async function startEmptyCluster(): Promise<{ readonly address: DatabaseAddress } & AsyncDisposable> {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "ubada-test-"));
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  // PostgreSQL's own user must be able to reach its folder, when the tests run as root.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres({
    directory: join(folder, "postgres"),
    secretsDirectory: join(folder, "secrets"),
    durable: false,
    tell: () => {},
  });
  resources.defer(() => rm(postgres.directory, { recursive: true, force: true }));
  resources.use(postgres);
  const kept = resources.move();
  return { address: postgres.address, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Makes an empty database and returns the superuser's address of it. */
export async function createDatabase(address: DatabaseAddress, database: string): Promise<DatabaseAddress> {
  const client = new pg.Client(address);
  await client.connect();
  await client.query(`create database ${client.escapeIdentifier(database)}`);
  await client.end();
  return { ...address, database };
}
