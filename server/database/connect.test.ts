import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../test-kit/postgres.ts";
import { connect, type Connection } from "./connect.ts";

let database: TestDatabase;
let connection: Connection;
before(async () => {
  database = await createTestDatabase();
  connection = connect(database.ownerAddress, { name: "test", max: 2 });
});
after(async () => {
  await connection[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

async function read(expression: ReturnType<typeof sql>): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`SELECT ${expression} AS value`.execute(connection.db);
  return rows[0]?.value;
}

const noon = Temporal.Instant.from("2026-11-23T06:00:00.123456Z");
const monday = Temporal.PlainDate.from("2026-11-23");

test("a point in time comes back to the microsecond, whatever zone it was written in", async () => {
  assert.ok(noon.equals((await read(sql`${noon}::timestamptz`)) as Temporal.Instant));
  const bishkek = await read(sql`'2026-11-23 12:00:00.123456+06'::timestamptz`);
  assert.ok(bishkek instanceof Temporal.Instant && bishkek.equals(noon));
  const beforeZones = await read(sql`'1900-01-01 00:00:00+00'::timestamptz`);
  assert.equal(String(beforeZones), "1900-01-01T00:00:00Z");
});

test("a date is a date and never slips by a day", async () => {
  const value = await read(sql`${monday}::date`);
  assert.ok(value instanceof Temporal.PlainDate && value.equals(monday));
});

test("arrays of dates and of points in time are read and written element by element", async () => {
  const instants = (await read(sql`${[noon, noon]}::timestamptz[]`)) as Temporal.Instant[];
  assert.deepEqual(instants.map(String), [String(noon), String(noon)]);
  assert.deepEqual(await read(sql`array[[${monday}::date, null]]`), [[monday, null]]);
});

test("a time without a zone is not taken for a point in time", async () => {
  assert.equal(String(await read(sql`'2026-11-23 12:00'::timestamp`)), "2026-11-23T12:00:00");
});

test("large numbers keep every digit, bytes are bytes", async () => {
  assert.equal(await read(sql`9007199254740993::int8`), "9007199254740993");
  assert.equal(await read(sql`0.10::numeric`), "0.10");
  assert.deepEqual(await read(sql`${Buffer.from([0, 255])}::bytea`), Buffer.from([0, 255]));
});

test("how one pool reads dates changes nothing for another user of the driver", async () => {
  const client = new pg.Client(database.ownerAddress);
  await client.connect();
  const { rows } = await client.query<{ at: unknown }>("SELECT now() AS at");
  await client.end();
  assert.equal(Object.prototype.toString.call(rows[0]?.at), "[object Date]");
});

test("a server that writes dates in another way and another zone is read right", async () => {
  const name = database.ownerAddress.database;
  await sql`ALTER DATABASE ${sql.id(name)} SET DateStyle = 'SQL, DMY'`.execute(connection.db);
  await sql`ALTER DATABASE ${sql.id(name)} SET TimeZone = 'Asia/Bishkek'`.execute(connection.db);
  await using other = connect(database.ownerAddress, { name: "test", max: 1 });
  const query = sql<{ at: unknown; day: unknown }>`SELECT ${noon}::timestamptz AS at, ${monday}::date AS day`;
  const { rows } = await query.execute(other.db);
  assert.deepEqual(rows.map(({ at, day }) => [String(at), String(day)]), [[String(noon), String(monday)]]);
});

test("an idle connection that the server ends does not end us, and the next query has a new one", async () => {
  await using other = connect(database.ownerAddress, { name: "to-be-ended", max: 1 });
  await sql`SELECT`.execute(other.db);
  const end = sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'to-be-ended'`;
  await end.execute(connection.db);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await sql`SELECT`.execute(other.db);
});
