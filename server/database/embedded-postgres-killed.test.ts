import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  isRunning,
  killedAtTheEnd,
  makeScene,
  postmasterOf,
  promisesOf,
  query,
  startOtherUbada,
  until,
} from "./embedded-postgres-scene.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";

/** One database lives through all the misfortunes of this file, except where a test makes its own. */
const scene = await makeScene();
after(() => scene[Symbol.asyncDispose]());

test("after kill -9 of the database Ubada learns of it and the next start has all the data", async () => {
  const first = await startEmbeddedPostgres(scene);
  await query(first.address, "CREATE TABLE confirmed AS SELECT 'kept' AS what");
  process.kill(await postmasterOf(first.directory), "SIGKILL");
  assert.equal(await first.ended, "lost");
  assert.match(scene.told.join(), /stopped unexpectedly/);
  await first[Symbol.asyncDispose]();

  await using second = await startEmbeddedPostgres(scene);
  assert.deepEqual(await query(second.address, "SELECT * FROM confirmed"), ["kept"]);
});

test("after kill -9 of Ubada alone the next start stops the orphan and has all the data", async () => {
  using other = startOtherUbada(scene);
  assert.equal(await other.nextLine(), "ready");
  const orphan = await postmasterOf(scene.directory);
  await other.kill();
  assert.ok(isRunning(orphan));

  await using database = await startEmbeddedPostgres(scene);
  assert.notEqual(await postmasterOf(database.directory), orphan);
  assert.match(scene.told.join(), /still running/);
  await until(() => !isRunning(orphan)); // Until somebody has reaped it, a dead process still counts.
  assert.deepEqual(await promisesOf(other, database.address), [`promise of ${other.pid}`]);
});

test("after kill -9 of everything a start works and leaves a stranger with the old pid alone", async () => {
  using other = startOtherUbada(scene);
  assert.equal(await other.nextLine(), "ready");
  const orphan = await postmasterOf(scene.directory);
  await other.kill();
  process.kill(orphan, "SIGKILL");

  // PostgreSQL would take a living process of its own user, under the old number, for a running server.
  const { uid, gid } = await stat(join(scene.directory, "cluster"));
  const who = process.getuid?.() === uid ? {} : { uid, gid };
  const stranger = spawn("sleep", ["60"], { ...who, cwd: "/", stdio: "ignore" });
  using _ended = killedAtTheEnd(stranger);
  const pidFile = join(scene.directory, "cluster", "postmaster.pid");
  const lines = (await readFile(pidFile, "utf8")).split("\n");
  await writeFile(pidFile, [String(stranger.pid), ...lines.slice(1)].join("\n"));
  const socket = join(lines[4] ?? "", ".s.PGSQL.5432");
  await writeFile(`${socket}.lock`, [String(stranger.pid), ...lines.slice(1)].join("\n"));

  await using database = await startEmbeddedPostgres(scene);
  assert.deepEqual(await promisesOf(other, database.address), [`promise of ${other.pid}`]);
  assert.equal(stranger.exitCode ?? stranger.signalCode, null);
});

test("a first start that is killed while it makes the database is simply made again", async () => {
  await using empty = await makeScene();
  const halfMade = async () => {
    const names = await readdir(empty.directory);
    return names.filter((name) => name.startsWith("initialising-"));
  };
  for (const moment of ["as soon as it begins", "in the middle"]) {
    using other = startOtherUbada(empty);
    await until(() => exists(empty.directory));
    await until(async () => {
      const [name] = await halfMade();
      if (name === undefined) return false;
      if (moment === "as soon as it begins") return true;
      return exists(join(empty.directory, name, "cluster", "global", "pg_control"));
    });
    await other.kill();
    assert.equal((await readdir(empty.directory)).includes("cluster"), false, moment);
  }
  await using database = await startEmbeddedPostgres(empty);
  assert.deepEqual(await query(database.address, "SELECT 1"), [1]);
  assert.deepEqual(await halfMade(), []);
});

test("a second start on the same data is refused and does not disturb the first", async () => {
  using other = startOtherUbada(scene);
  assert.equal(await other.nextLine(), "ready");
  await assert.rejects(startEmbeddedPostgres(scene), {
    code: "data-in-use",
    message: new RegExp(`${scene.directory} is in use by process ${other.pid}`),
  });
  process.kill(other.pid, "SIGINT");
  assert.equal(await other.nextLine(), "stopped");
});

test("Ctrl-C reaches Ubada first: it still has its database, and stops it itself", async () => {
  using other = startOtherUbada(scene);
  assert.equal(await other.nextLine(), "ready");
  const postmaster = await postmasterOf(scene.directory);
  process.kill(-other.pid, "SIGINT"); // The whole foreground group, as a terminal does.
  assert.equal(await other.nextLine(), "stopped");
  assert.equal(isRunning(postmaster), false);
  await using database = await startEmbeddedPostgres(scene);
  assert.deepEqual(await promisesOf(other, database.address), [
    `promise of ${other.pid}`,
    `last promise of ${other.pid}`,
  ]);
});

test("a Ubada that ends without cleaning up does not leave its database running", async () => {
  using other = startOtherUbada(scene);
  assert.equal(await other.nextLine(), "ready");
  const postmaster = await postmasterOf(scene.directory);
  process.kill(other.pid, "SIGUSR2");
  await until(() => !isRunning(postmaster));
  await using database = await startEmbeddedPostgres(scene);
  assert.deepEqual(await promisesOf(other, database.address), [`promise of ${other.pid}`]);
});

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
