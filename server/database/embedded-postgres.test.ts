import assert from "node:assert/strict";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import pg from "pg";
import { makeScene, needsRoot, postmasterOf, query, until } from "./embedded-postgres-scene.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { runProgram } from "./run-program.ts";

/** One database for the tests that leave it as they found it. */
const scene = await makeScene();
after(() => scene[Symbol.asyncDispose]());

test("a new folder gets a durable UTF-8 database with checksums, which listens on no network", async () => {
  await using database = await startEmbeddedPostgres({ ...scene, durable: true });
  const settings = {
    listen_addresses: "",
    server_encoding: "UTF8",
    data_checksums: "on",
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    autovacuum: "on",
    password_encryption: "scram-sha-256",
    TimeZone: "UTC",
    log_timezone: "UTC",
    server_version: database.version,
  };
  for (const [name, value] of Object.entries(settings)) {
    assert.deepEqual(await query(database.address, "SELECT current_setting($1)", [name]), [value], name);
  }
  const locale = "SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = 'template1'";
  assert.deepEqual(await query(database.address, locale), ["b", "C.UTF-8"]);
  assert.deepEqual(await query(database.address, "SELECT lower('ЫҢҮӨ')"), ["ыңүө"]);
  assert.match(database.version, /^18\.\d+$/);
});

test("only the password opens the database, and only its owner can read it or reach the socket", async () => {
  await using database = await startEmbeddedPostgres(scene);
  const { password, ...withoutPassword } = database.address;
  assert.ok(password !== undefined && password.length >= 32);
  const wrong = new pg.Client({ ...withoutPassword, password: "wrong" });
  await assert.rejects(wrong.connect(), { code: "28P01" });

  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  assert.equal(await modeOf(scene.secretsDirectory), "700");
  assert.equal(await modeOf(join(scene.secretsDirectory, "postgres-superuser")), "600");
  assert.equal(await modeOf(database.address.host), "700");
  assert.equal(await modeOf(join(database.directory, "cluster")), "700");
  assert.equal(await modeOf(join(database.directory, "postgres.log")), "600");
});

test("what was stored is there after a stop and a start, and a stop leaves nothing running", async () => {
  const first = await startEmbeddedPostgres(scene);
  await query(first.address, "CREATE TABLE promise AS SELECT 'kept' AS what");
  const pid = await postmasterOf(first.directory);
  await first[Symbol.asyncDispose]();
  assert.equal(await first.ended, "stopped");
  assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
  await assert.rejects(stat(first.address.host), { code: "ENOENT" });

  await using second = await startEmbeddedPostgres(scene);
  assert.deepEqual(await query(second.address, "SELECT what FROM promise"), ["kept"]);
  assert.equal(second.address.password, first.address.password);
});

test("a very long path with blanks and Cyrillic letters is no obstacle", async () => {
  const directory = join(scene.folder, "Убада ".repeat(10).trim(), "long-".repeat(30), "postgres");
  await using database = await startEmbeddedPostgres({ ...scene, directory });
  assert.ok(Buffer.byteLength(join(database.address.host, ".s.PGSQL.5432")) <= 103);
  assert.deepEqual(await query(database.address, "SELECT 1"), [1]);
});

test("the server's log holds no row, no parameter and no statement, whatever goes wrong", async () => {
  await using database = await startEmbeddedPostgres(scene);
  const mark = "Айбек-Тестов";
  await query(database.address, "CREATE TABLE person (name text PRIMARY KEY, born date)");
  const mishaps: [sql: string, values?: unknown[]][] = [
    [`INSERT INTO person VALUES ('${mark}'), ('${mark}')`], // DETAIL quotes the key
    ["INSERT INTO person VALUES ($1, $2)", [mark, mark]], // the message quotes the value
    [`SELECT '${mark}'::int`],
    [`SELECT ${mark}`],
    [`DO $$ BEGIN RAISE WARNING '${mark}'; RAISE EXCEPTION '${mark}'; END $$`],
  ];
  for (const [sql, values] of mishaps) await assert.rejects(query(database.address, sql, values));

  // A crashed backend: the postmaster logs what it was running, as DETAIL.
  const crash = assert.rejects(query(database.address, `SELECT pg_sleep(60), '${mark}'`));
  const running = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%'";
  let [pid] = await query(database.address, running);
  await until(async () => ([pid] = await query(database.address, running)).length > 0);
  process.kill(Number(pid), "SIGKILL");
  await crash;

  const readLog = () => readFile(join(database.directory, "postgres.log"), "utf8");
  const recovered = /was terminated by signal 9[^]*ready to accept connections/;
  await until(async () => recovered.test(await readLog()));
  assert.equal((await readLog()).includes(mark), false);
});

test("a database of another major version is refused and left alone", async () => {
  const versionFile = join(scene.directory, "cluster", "PG_VERSION");
  await writeFile(versionFile, "17\n");
  const refusal = { code: "database-version", message: /PostgreSQL 17.* 18/ };
  await assert.rejects(startEmbeddedPostgres(scene), refusal);
  assert.equal(await readFile(versionFile, "utf8"), "17\n");
  await writeFile(versionFile, "18\n");
});

test("a database whose password was lost is refused, not replaced", async () => {
  const options = { ...scene, secretsDirectory: join(scene.folder, "other-secrets") };
  await assert.rejects(startEmbeddedPostgres(options), { code: "database-password-missing" });
});

test("a folder that cannot be made is explained in one sentence", async () => {
  await writeFile(join(scene.folder, "file"), "");
  for (const directory of [join(scene.folder, "file"), join(scene.folder, "file", "postgres")]) {
    await assert.rejects(startEmbeddedPostgres({ ...scene, directory }), { code: "folder-unwritable" });
  }
});

test("a full disk is explained, and the start works once there is room", { skip: needsRoot }, async (t) => {
  await using small = await makeScene();
  const disk = join(small.folder, "disk");
  await mkdir(disk);
  const mounted = await runProgram("mount", ["-t", "tmpfs", "-o", "size=20m,mode=755", "tmpfs", disk]);
  if (mounted.kind !== "ended" || !mounted.succeeded) return t.skip("this root may not mount a small disk");
  await using _unmounted = { [Symbol.asyncDispose]: async () => void (await runProgram("umount", [disk])) };
  const options = { ...small, directory: join(disk, "postgres") };
  await assert.rejects(startEmbeddedPostgres(options), { code: "disk-full" });
  await runProgram("mount", ["-o", "remount,size=200m", disk]);
  await using database = await startEmbeddedPostgres(options);
  assert.deepEqual(await query(database.address, "SELECT 1"), [1]);
});
