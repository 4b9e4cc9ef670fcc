import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { randomBytes } from "node:crypto";
import { readSecrets } from "../server/config/secrets.ts";
import { type Connection, connect } from "../server/database/connect.ts";
import { countOpening, storeKeys } from "../server/keys/keys-scene.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";
import { countKeys, listEpochs } from "../server/vault/key-epochs.ts";
import { startEpochs } from "../server/vault/start-epochs.ts";
import { createTestDatabase, type TestDatabase } from "../test-kit/postgres.ts";
import { momentsToKill, type RotationToKill, rotationToKill } from "../test-kit/rotation-to-kill.ts";

const people = 12_000;

let database: TestDatabase;
let owner: Connection;
let folder: string;
let rotation: RotationToKill;
let made: ReadonlyMap<string, Buffer>;
/** How many kills left keys under two epochs, or a key that was not in use yet. */
let cutShort = 0;
const now = Temporal.Instant.from("2026-11-23T03:00:00Z");
const provider = async () => (await readSecrets(join(folder, "secrets"), randomBytes, {})).keyProvider;
before(async () => {
  database = await createTestDatabase();
  owner = connect(database.ownerAddress, { name: "owner", max: 2 });
  folder = mkdtempSync(join(tmpdir(), "ubada-rotation-"));
  rotation = rotationToKill("rotate", folder, database.ownerAddress);
  await startEpochs(owner.db, await provider(), now);
  made = await storeKeys(owner.db, new KeyEncryptionKeys(await (await provider()).read()), people);
});
after(async () => {
  await owner?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

for (const { line, ms, when } of momentsToKill()) {
  test(`a rotation killed ${when}: everything opens, and the next one finishes it`, async () => {
    const before = (await listEpochs(owner.db)).length;
    await rotation.kill(line, ms);
    await everythingOpens();
    if ((await listEpochs(owner.db)).filter(({ emptiedAt }) => emptiedAt === null).length > 1) cutShort += 1;

    assert.equal(await rotation.run(), 0);
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
