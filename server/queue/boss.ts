import { PgBoss } from "pg-boss";
import { sql, type Kysely } from "kysely";
import type { DatabaseAddress } from "../database/address.ts";
import type { Database } from "../database/schema-types.ts";
import { jobNames } from "./queue.ts";

const schema = "pgboss";

/**
 * Lets a job be taken again soon after its worker was killed: a worker says every ten seconds that it lives.
 * Retries with growing pauses for about a day; after that the sweep still finds what is due in the tables.
 */
const queueOptions = {
  retryLimit: 30,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 3600,
  heartbeatSeconds: 20,
  notify: true,
  deleteAfterSeconds: 24 * 3600,
} as const;

/** Installs or upgrades the queue's tables as the owner, and lets the server's role use them. */
export async function installQueue(address: DatabaseAddress, owner: Kysely<Database>): Promise<void> {
  const boss = createBoss(address, { migrate: true, createSchema: true, supervise: false, useListenNotify: false, max: 1 });
  await boss.start();
  for (const name of jobNames) {
    if (await boss.getQueue(name)) await boss.updateQueue(name, queueOptions);
    else await boss.createQueue(name, queueOptions);
  }
  await boss.stop({ graceful: false });
  await sql`grant usage on schema ${sql.id(schema)} to ubada_app`.execute(owner);
  await sql`grant select, insert, update, delete on all tables in schema ${sql.id(schema)} to ubada_app`.execute(owner);
  await sql`grant execute on all functions in schema ${sql.id(schema)} to ubada_app`.execute(owner);
}

/** The queue as the server uses it; `start` it before adding jobs, `stop` it before the database goes. */
export function createAppBoss(address: DatabaseAddress): PgBoss {
  return createBoss(address, { migrate: false, createSchema: false, supervise: true, useListenNotify: true, max: 3 });
}

function createBoss(
  address: DatabaseAddress,
  options: { migrate: boolean; createSchema: boolean; supervise: boolean; useListenNotify: boolean; max: number },
): PgBoss {
  const { host, port, user, database, password, ssl } = address;
  return new PgBoss({
    host,
    port,
    user,
    database,
    ...(password === undefined ? {} : { password }),
    ...(ssl === undefined ? {} : { ssl }),
    schema,
    schedule: false,
    registerInstance: false,
    // How soon a job whose worker died is noticed, beyond its missing heartbeat; a minute each by default.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    application_name: "ubada-queue",
    ...options,
  });
}
