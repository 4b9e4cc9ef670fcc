import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
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

/** Starts a throw-away PostgreSQL with a migrated template database. Disposing stops it and removes its folder. */
export async function startTestCluster(): Promise<TestCluster & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "ubada-test-"));
  const postgres = await startEmbeddedPostgres({
    directory: join(folder, "postgres"),
    secretsDirectory: join(folder, "secrets"),
    durable: false,
    tell: () => {},
  });
  const appPassword = randomBytes(16).toString("hex");
  const client = new pg.Client(postgres.address);
  await client.connect();
  await client.query(`create database ${templateName}`);
  await client.end();
  const template = { ...postgres.address, database: templateName };
  await migrate(template, { appPassword });
  {
    await using owner = connect(template, { name: "template", max: 1 });
    await installQueue(template, owner.db);
  }
  return {
    address: postgres.address,
    appPassword,
    async [Symbol.asyncDispose]() {
      await postgres[Symbol.asyncDispose]();
      await rm(postgres.directory, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
