import assert from "node:assert/strict";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sendForm } from "../../test-kit/journey.ts";
import { markPerson } from "../../test-kit/marked-person.ts";
import { runCommand } from "../../test-kit/run-command.ts";
import { type RunningServer, startServer } from "../../test-kit/running-server.ts";
import { CommandError } from "./command.ts";
import { keys } from "./keys.ts";

let server: RunningServer;
let people = 0;
before(async () => {
  server = await startServer();
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
});

function run(line: string, environment: Readonly<Record<string, string>> = {}) {
  return runCommand(["keys", ...line.split(" ")], { UBADA_DATA: server.dataDirectory, ...environment });
}

async function status(): Promise<readonly { epoch: number; keys: number; state: string; keyHeld: boolean }[]> {
  const { code, out, error } = await run("status --json");
  assert.deepEqual([code, error], [0, ""]);
  const { epochs } = JSON.parse(out) as { epochs: { epoch: number; keys: number; state: string; keyHeld: boolean }[] };
  return epochs.map(({ epoch, keys: held, state, keyHeld }) => ({ epoch, keys: held, state, keyHeld }));
}

async function newPerson(): Promise<void> {
  people += 1;
  await sendForm(server, markPerson("ru", 600 + people));
}

test("beside a running server the keys are rotated, and people who come then are under the new epoch", async () => {
  await newPerson();
  assert.deepEqual(await status(), [{ epoch: 1, keys: 1, state: "current", keyHeld: true }]);
  const { code, out, error } = await run("rotate");
  assert.deepEqual([code, error], [0, ""]);
  assert.match(out, /^0 of 2 keys and links are under the new epoch\.\n1 of 2 keys[^\n]+\n2 of 2 keys/);
  assert.match(out, /every key is under epoch 2 now\.\nKeep a copy of \S+kek-2\.key elsewhere/);
  await newPerson();
  await newPerson();
  assert.deepEqual(await status(), [
    { epoch: 1, keys: 0, state: "kept", keyHeld: true },
    { epoch: 2, keys: 3, state: "current", keyHeld: true },
  ]);
  const told = await run("status");
  assert.match(told.out, /^Epoch 1: 0 keys; only backups made before \S+Z need it; they become unreadable on \S+Z, /);
  assert.match(told.out, /\nEpoch 2: 3 keys; current since \S+Z\.\n/);
});

test("the keys of a stopped server are rotated too, and it starts with them after a power cut", async () => {
  await server.stop();
  assert.equal((await run("rotate --json")).code, 0);
  assert.deepEqual((await status()).map(({ keys: held, state }) => `${held} ${state}`), ["0 kept", "0 kept", "3 current"]);
  await server.startAgain();
  await newPerson();
  await server.killEverything();
  await server.startAgain();
  assert.equal((await status()).at(-1)?.keys, 4);
});

test("a key that is lost is told, by status and at the next start, with what that means", async () => {
  const key = join(server.dataDirectory, "secrets", "kek-3.key");
  renameSync(key, `${key}.lost`);
  const { code, out, error } = await run("status");
  assert.equal(code, 1);
  assert.match(out, /kek-3\.key IS MISSING/);
  assert.match(error, /kek-3\.key is missing: without it the data of 4 people cannot be read, by anyone/);
  await server.stop();
  await assert.rejects(server.startAgain(), /kek-3\.key is missing: without it the data of 4 people cannot be read/);
  renameSync(`${key}.lost`, key);
  await server.startAgain();
});

test("a folder on which Ubada never ran is left as it is", async () => {
  const elsewhere = join(server.dataDirectory, "nothing-here");
  const { code, error } = await run("rotate", { UBADA_DATA: elsewhere });
  assert.deepEqual([code, error], [2, "Ubada has not run on this folder yet; run: npm start\n"]);
  assert.ok(!existsSync(elsewhere));
});

for (const line of ["", "revolve", "rotate twice", "status --loud"]) {
  test(`"keys ${line}" is refused with one sentence that says what to do`, async () => {
    await assert.rejects(keys.run(line.split(" ").filter((word) => word !== ""), { out: () => {} }), (error) => {
      assert.ok(error instanceof CommandError);
      assert.match(error.message, /ubada keys status.*--help/);
      return true;
    });
  });
}
