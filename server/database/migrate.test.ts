import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import pg from "pg";
import { createDatabase, startEmptyCluster } from "../../test-kit/cluster.ts";
import type { DatabaseAddress } from "./address.ts";
import { migrate } from "./migrate.ts";

// A cluster of its own: these tests change the roles, which every database of a cluster shares.
let cluster: Awaited<ReturnType<typeof startEmptyCluster>>;
before(async () => void (cluster = await startEmptyCluster()));
after(() => cluster[Symbol.asyncDispose]());

let count = 0;
const appPassword = "pass-of-the-app";
const newDatabase = () => createDatabase(cluster.address, `migrate_${++count}`);

type Files = Readonly<Record<string, string>>;

/** A directory with these migrations. */
async function directoryOf(files: Files): Promise<AsyncDisposable & { readonly url: URL }> {
  const folder = await mkdtemp(join(tmpdir(), "ubada-migrations-"));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
  return {
    url: pathToFileURL(`${folder}/`),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function run(address: DatabaseAddress, files: Files): Promise<number> {
  await using directory = await directoryOf(files);
  return await migrate(address, { appPassword, directory: directory.url });
}

async function query(address: DatabaseAddress, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const first = { "001-plum.sql": "CREATE TABLE plum (stone int); GRANT SELECT ON plum TO ubada_app;" };
const second = { ...first, "002-pear.sql": "INSERT INTO plum VALUES (1); INSERT INTO plum VALUES (2);" };

test("what is missing runs in order, once, and belongs to ubada_owner", async () => {
  const database = await newDatabase();
  assert.equal(await run(database, first), 1);
  assert.equal(await run(database, second), 1);
  assert.equal(await run(database, second), 0);
  const stones = "SELECT stone FROM plum ORDER BY stone";
  assert.deepEqual(await query(database, stones), [{ stone: 1 }, { stone: 2 }]);
  const owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'";
  assert.deepEqual(await query(database, owners), [{ tableowner: "ubada_owner" }]);
  const record = "SELECT number, name, length(checksum) FROM ubada_migration ORDER BY number";
  assert.deepEqual(await query(database, record), [
    { number: 1, name: "001-plum.sql", length: 64 },
    { number: 2, name: "002-pear.sql", length: 64 },
  ]);
});

test("the server's role comes in with its password and reads only what a migration let it", async () => {
  const database = await newDatabase();
  await run(database, { ...first, "002-quince.sql": "CREATE TABLE quince ()" });
  const app = { ...database, user: "ubada_app", password: appPassword };
  assert.deepEqual(await query(app, "SELECT * FROM plum"), []);
  await assert.rejects(query(app, "SELECT * FROM quince"), { code: "42501" });
  await assert.rejects(query(app, "SET ROLE ubada_keys"), { code: "42501" });
  await assert.rejects(query(app, "SELECT * FROM ubada_migration"), { code: "42501" });
  await assert.rejects(query({ ...app, password: "another" }, "SELECT"), { code: "28P01" });
});

test("a migration can hand a table to ubada_keys, and the next one runs as ubada_owner again", async () => {
  const database = await newDatabase();
  await run(database, {
    "001-keys.sql": `CREATE SCHEMA safe; GRANT USAGE, CREATE ON SCHEMA safe TO ubada_keys;
      SET LOCAL ROLE ubada_keys; CREATE TABLE safe.key (k int);`,
    "002-plum.sql": "CREATE TABLE safe.plum (k int)",
  });
  const tables = "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'safe' ORDER BY tablename";
  assert.deepEqual(await query(database, tables), [
    { tablename: "key", tableowner: "ubada_keys" },
    { tablename: "plum", tableowner: "ubada_owner" },
  ]);
});

test("a migration that fails leaves nothing behind, and says which line it was", async () => {
  const database = await newDatabase();
  const broken = { ...first, "002-pear.sql": "INSERT INTO plum VALUES (7);\n\nINSERT INTO pear VALUES (1);" };
  await assert.rejects(run(database, broken), {
    code: "migration-failed",
    message: /002-pear\.sql failed at line 3 and was undone: relation "pear" does not exist \(42P01\)/,
  });
  assert.deepEqual(await query(database, "SELECT * FROM plum"), []);
  assert.equal(await run(database, second), 1);
});

test("a failed migration shows no row in its error", async () => {
  const database = await newDatabase();
  const twice = "CREATE TABLE plum (name text UNIQUE); INSERT INTO plum VALUES ('Тестов'), ('Тестов')";
  const broken = { "001-plum.sql": twice };
  await assert.rejects(run(database, broken), (error) => {
    assert.doesNotMatch(inspect(error, { depth: 9 }), /Тестов/);
    return true;
  });
});

test("a migration that was changed after it ran is refused", async () => {
  const database = await newDatabase();
  await run(database, second);
  const changed = { ...second, "001-plum.sql": "CREATE TABLE plum (stone bigint)" };
  await assert.rejects(run(database, changed), { code: "migration-changed" });
});

test("a database newer than the code is left alone", async () => {
  const database = await newDatabase();
  await run(database, second);
  await assert.rejects(run(database, first), { code: "database-newer" });
});

test("a gap, a double and a nameless migration are refused before anything runs", async () => {
  const database = await newDatabase();
  await assert.rejects(run(database, { ...first, "003-pear.sql": "" }), { code: "migration-gap" });
  await assert.rejects(run(database, { ...first, "001-pear.sql": "" }), { code: "migration-gap" });
  await assert.rejects(run(database, { ...first, "pear.sql": "" }), { code: "migration-name" });
  assert.deepEqual(await query(database, "SELECT to_regclass('plum') AS plum"), [{ plum: null }]);
});

test("a database that lost the record of a migration is refused", async () => {
  const database = await newDatabase();
  await run(database, second);
  await query(database, "DELETE FROM ubada_migration WHERE number = 1");
  await assert.rejects(run(database, second), { code: "migration-gap" });
});

test("a migration that commits by itself is noticed", async () => {
  const database = await newDatabase();
  const committing = { "001-plum.sql": "CREATE TABLE plum (); COMMIT; BEGIN" };
  await assert.rejects(run(database, committing), { code: "migration-left-transaction" });
});

test("servers that start at once run each migration once", async () => {
  const database = await newDatabase();
  const ran = await Promise.all(Array.from({ length: 6 }, () => run(database, second)));
  assert.deepEqual(ran.toSorted(), [0, 0, 0, 0, 0, 2]);
});

test("our own migrations run for a user who has CREATEROLE and owns the database, no superuser", async () => {
  await using fresh = await startEmptyCluster();
  const made = await createDatabase(fresh.address, "promises");
  await query(made, "CREATE ROLE operator LOGIN PASSWORD 'operator' CREATEROLE");
  await query(made, "ALTER DATABASE promises OWNER TO operator");
  const operator = { ...made, user: "operator", password: "operator" };
  assert.ok((await migrate(operator, { appPassword })) > 0);
  assert.equal(await migrate(operator, { appPassword }), 0);
});

test("a user without the rights is told which statements give them", async () => {
  await using fresh = await startEmptyCluster();
  const made = await createDatabase(fresh.address, "promises");
  await query(made, "CREATE ROLE weak LOGIN PASSWORD 'weak'");
  const weak = { ...made, user: "weak", password: "weak" };
  const remedy = /ALTER ROLE weak CREATEROLE; ALTER DATABASE promises OWNER TO weak/;
  const rights = { code: "migration-rights", message: remedy };
  await assert.rejects(run(weak, first), rights);
  await query(made, "ALTER ROLE weak CREATEROLE");
  await assert.rejects(run(weak, first), rights);
  await query(made, "ALTER DATABASE promises OWNER TO weak");
  assert.equal(await run(weak, first), 1);
});

test("roles that another user made are told how to be shared", async () => {
  await using fresh = await startEmptyCluster();
  const [one, two] = [await createDatabase(fresh.address, "one"), await createDatabase(fresh.address, "two")];
  await run(one, first);
  await query(two, "CREATE ROLE late LOGIN PASSWORD 'late' CREATEROLE");
  await query(two, "ALTER DATABASE two OWNER TO late");
  const late = { ...two, user: "late", password: "late" };
  await assert.rejects(run(late, first), { code: "migration-rights", message: /TO late WITH ADMIN OPTION/ });
  await query(two, "GRANT ubada_owner, ubada_keys, ubada_app TO late WITH ADMIN OPTION");
  assert.equal(await run(late, first), 1);
});

test("a server's role that could open keys by itself is refused, and so is one for visits or statistics that could do more", async () => {
  await using fresh = await startEmptyCluster();
  const database = await createDatabase(fresh.address, "promises");
  await run(database, first);
  for (const [give, take] of [
    ["GRANT ubada_keys TO ubada_app", "REVOKE ubada_keys FROM ubada_app"],
    ["ALTER ROLE ubada_app SUPERUSER", "ALTER ROLE ubada_app NOSUPERUSER"],
    ["GRANT pg_read_all_data TO ubada_app", "REVOKE pg_read_all_data FROM ubada_app"],
    ["GRANT ubada_app TO ubada_statistics", "REVOKE ubada_app FROM ubada_statistics"],
    ["GRANT ubada_owner TO ubada_visits", "REVOKE ubada_owner FROM ubada_visits"],
  ] as const) {
    await query(database, give);
    await assert.rejects(run(database, first), { code: "app-role-too-strong" });
    await query(database, take);
  }
  assert.equal(await run(database, first), 0);
});
