import assert from "node:assert/strict";
import { chmodSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sendForm } from "../../test-kit/journey.ts";
import { type MarkedPerson, markPerson } from "../../test-kit/marked-person.ts";
import { runCommand } from "../../test-kit/run-command.ts";
import { type RunningServer, startServer } from "../../test-kit/running-server.ts";

let server: RunningServer;
before(async () => {
  server = await startServer();
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
});

const run = (word: string, ...more: readonly string[]) =>
  runCommand(["keys", word, ...more], { UBADA_DATA: server.dataDirectory });
const keyFile = (name: string) => join(server.dataDirectory, "secrets", name);

async function status(): Promise<readonly string[]> {
  const { code, out, error } = await run("status", "--json");
  assert.deepEqual([code, error], [0, ""]);
  const { lookup } = JSON.parse(out) as { lookup: { version: number; entries: number; state: string; keyHeld: boolean }[] };
  return lookup.map(({ version, entries, state, keyHeld }) => `${version}: ${entries} ${state} ${keyHeld}`);
}

async function countPeople(): Promise<number> {
  await using database = await server.openDatabase();
  const subjects = await database.db.selectFrom("vault.subject").select("subject_id").execute();
  return subjects.length;
}

const someone: MarkedPerson = markPerson("ru", 801);

test("beside a running server the look-up key is rotated, and whoever comes back is the same person", async () => {
  await sendForm(server, someone);
  assert.deepEqual(await status(), ["1: 2 current true"]);
  const { code, out, error } = await run("rotate-lookup");
  assert.deepEqual([code, error], [0, ""]);
  assert.match(out, /^0 of 2 entries are under the new version\.\n2 of 2 entries are under the new version\.\n/);
  assert.match(out, /every entry is under version 2 now\.\nKeep a copy of \S+lookup-2\.key elsewhere/);
  assert.equal(statSync(keyFile("lookup-2.key")).mode & 0o777, 0o600);
  await sendForm(server, someone);
  await sendForm(server, markPerson("ky", 802));
  assert.deepEqual(await status(), ["1: 0 kept true", "2: 4 current true"]);
  assert.equal(await countPeople(), 2);
  const told = await run("status");
  assert.match(told.out, /\nLook-up key 1: 0 entries; later versions work on top of it, so keep \S+lookup\.key; backups made before \S+Z /);
  assert.match(told.out, /\nLook-up key 2: 4 entries; current since \S+Z\.\n$/);
});

test("a stopped Ubada's look-up key is rotated too, and it starts with it after a power cut", async () => {
  await server.stop();
  const { code, out } = await run("rotate-lookup", "--json");
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out), { version: 3, resumed: false, renewed: 4 });
  await server.startAgain();
  await server.killEverything();
  await server.startAgain();
  await sendForm(server, someone);
  assert.equal(await countPeople(), 2);
});

test("a look-up key that is lost or open to others is told, by status and at the next start", async () => {
  const latest = keyFile("lookup-3.key");
  renameSync(latest, `${latest}.lost`);
  const told = await run("status");
  assert.equal(told.code, 1);
  assert.match(told.out, /lookup-3\.key IS MISSING/);
  assert.match(told.error, /lookup-3\.key is missing: without it nobody can be found/);
  await server.stop();
  await assert.rejects(server.startAgain(), /lookup-3\.key is missing: without it nobody can be found/);
  renameSync(`${latest}.lost`, latest);
  chmodSync(latest, 0o640);
  await assert.rejects(server.startAgain(), /lookup-3\.key; run: chmod 600/);
  chmodSync(latest, 0o600);
  await server.startAgain();
});
