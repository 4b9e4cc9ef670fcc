import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { randomBytes } from "node:crypto";
import { readSecrets } from "../server/config/secrets.ts";
import type { DatabaseAddress } from "../server/database/address.ts";
import { type Connection, connect } from "../server/database/connect.ts";
import { countOpening, storeKeys } from "../server/keys/keys-scene.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";
import { countKeys, listEpochs } from "../server/vault/key-epochs.ts";
import { startEpochs } from "../server/vault/start-epochs.ts";
import { createTestDatabase, type TestDatabase } from "../test-kit/postgres.ts";

const people = 12_000;
const main = fileURLToPath(new URL("../server/cli/main.ts", import.meta.url));

let database: TestDatabase;
let owner: Connection;
let folder: string;
let made: ReadonlyMap<string, Buffer>;
/** How many kills left keys under two epochs, or a key that was not in use yet. */
let cutShort = 0;
const now = Temporal.Instant.from("2026-11-23T03:00:00Z");
const provider = async () => (await readSecrets(join(folder, "secrets"), randomBytes, {})).keyProvider;
before(async () => {
  database = await createTestDatabase();
  owner = connect(database.ownerAddress, { name: "owner", max: 2 });
  folder = mkdtempSync(join(tmpdir(), "ubada-rotation-"));
  await startEpochs(owner.db, await provider(), now);
  made = await storeKeys(owner.db, new KeyEncryptionKeys(await (await provider()).read()), people);
});
after(async () => {
  await owner?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** From before the key is made to after everything is moved; where in a step it falls is left to chance. */
const moments = [
  ...Array.from({ length: 4 }, () => ({ line: 0, ms: 200 + Math.random() * 700 })),
  ...Array.from({ length: 7 }, (_, index) => ({ line: 1 + (index % 4), ms: Math.random() * 200 })),
];

for (const { line, ms } of moments) {
  const when = `${ms.toFixed(0)} ms after ${line === 0 ? "it began" : `its line ${line}`}`;
  test(`a rotation killed ${when}: everything opens, and the next one finishes it`, async () => {
    const before = (await listEpochs(owner.db)).length;
    await killRotation(line, ms);
    await everythingOpens();
    if ((await listEpochs(owner.db)).filter(({ emptiedAt }) => emptiedAt === null).length > 1) cutShort += 1;

    assert.equal(await once(startRotation(), "close").then(([code]) => code as number | null), 0);
    await everythingOpens();
    const epochs = await listEpochs(owner.db);
    assert.ok(epochs.length === before + 1 || epochs.length === before + 2, "one rotation, or one and another");
    const current = epochs.at(-1)?.epoch;
    assert.deepEqual([...(await countKeys(owner.db))], [[current, people]]);
    assert.ok(epochs.every(({ epoch, emptiedAt }) => (emptiedAt === null) === (epoch === current)));
  });
}

test("several of these rotations really were cut short", () => {
  assert.ok(cutShort >= 3, `${cutShort} were`);
});

/** As the next start would find it, from the database and the folder alone. */
async function everythingOpens(): Promise<void> {
  await startEpochs(owner.db, await provider(), now);
  assert.equal(await countOpening(owner.db, await provider(), made), people);
}

/** Kills it so long after it has written so many lines; it may have ended before. */
async function killRotation(lines: number, ms: number): Promise<void> {
  const child = startRotation();
  const closed = once(child, "close");
  let written = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (written += text));
  while (written.split("\n").length <= lines && child.exitCode === null) await pause(1);
  await Promise.race([pause(ms), closed]);
  child.kill("SIGKILL");
  await closed;
}

function startRotation(): ChildProcess {
  const { PATH = "" } = process.env;
  const env = { PATH, UBADA_DATA: folder, DATABASE_URL: urlOf(database.ownerAddress) };
  return spawn(process.execPath, [main, "keys", "rotate"], { env, stdio: ["ignore", "pipe", "inherit"] });
}

function urlOf({ host, port, user, password = "", database: name }: DatabaseAddress): string {
  const [secret, folderOfSocket] = [encodeURIComponent(password), encodeURIComponent(host)];
  return `postgres://${user}:${secret}@localhost/${name}?host=${folderOfSocket}&port=${port}`;
}
