import { randomBytes } from "node:crypto";
import pg from "pg";
import type { DatabaseAddress } from "../server/database/address.ts";
import { startTestCluster, templateName, type TestCluster } from "./cluster.ts";

export interface TestDatabase extends AsyncDisposable {
  /** The superuser in this database. */
  readonly ownerAddress: DatabaseAddress;
  /** The role that the server runs as. */
  readonly appAddress: DatabaseAddress;
}

let ownCluster: Promise<TestCluster & AsyncDisposable> | undefined;

/** The cluster of the whole run, or one of this file's own when it is run by hand. */
async function findCluster(): Promise<TestCluster> {
  const shared = process.env["UBADA_TEST_CLUSTER"];
  if (shared !== undefined) return JSON.parse(shared) as TestCluster;
  if (!ownCluster) {
    ownCluster = startTestCluster();
    // Not in an `after` hook: a file's own hooks, which still need the database, would run later.
    process.once("beforeExit", () => void ownCluster?.then((cluster) => cluster[Symbol.asyncDispose]()));
  }
  return ownCluster;
}

/** A database of its own, as empty as a new installation; dropped on disposal. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = await findCluster();
  const database = `test_${randomBytes(6).toString("hex")}`;
  await asSuperuser(cluster, `create database ${database} template ${templateName}`);
  const ownerAddress = { ...cluster.address, database };
  return {
    ownerAddress,
    appAddress: { ...ownerAddress, user: "ubada_app", password: cluster.appPassword },
    [Symbol.asyncDispose]: () => asSuperuser(cluster, `drop database ${database} with (force)`),
  };
}

/** Only one database can be copied from the template at a time: wait for the turn. */
async function asSuperuser(cluster: TestCluster, statement: string): Promise<void> {
  const client = new pg.Client(cluster.address);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(1)");
    await client.query(statement);
  } finally {
    await client.end();
  }
}
