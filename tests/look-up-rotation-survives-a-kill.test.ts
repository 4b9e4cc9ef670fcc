import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readSecrets } from "../server/config/secrets.ts";
import { type Connection, connect } from "../server/database/connect.ts";
import { storeFindable } from "../server/keys/lookup-scene.ts";
import { BlindIndex } from "../server/vault/blind-index.ts";
import { countEntries, learnVersions, listVersions, requireLookupKeys } from "../server/vault/lookup-versions.ts";
import { createTestDatabase, type TestDatabase } from "../test-kit/postgres.ts";
import { momentsToKill, type RotationToKill, rotationToKill } from "../test-kit/rotation-to-kill.ts";

const people = 12_000;

let database: TestDatabase;
let owner: Connection;
let folder: string;
let rotation: RotationToKill;
let subjects: ReadonlyMap<string, string>;
/** How many kills left entries under two versions, or a key that was not in use yet. */
let cutShort = 0;
const lookupKeys = async () => (await readSecrets(join(folder, "secrets"), randomBytes, {})).lookupKeys;
before(async () => {
  database = await createTestDatabase();
  owner = connect(database.ownerAddress, { name: "owner", max: 2 });
  folder = mkdtempSync(join(tmpdir(), "ubada-rotation-"));
  rotation = rotationToKill("rotate-lookup", folder, database.ownerAddress);
  await requireLookupKeys(owner.db, await lookupKeys());
  subjects = await storeFindable(owner.db, new BlindIndex((await lookupKeys()).read()), people);
});
after(async () => {
  await owner?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

for (const { line, ms, when } of momentsToKill()) {
  test(`a rotation of the look-up key killed ${when}: everybody is found, and the next one finishes it`, async () => {
    const before = (await listVersions(owner.db)).length;
    await rotation.kill(line, ms);
    await everybodyIsFound();
    const left = (await listVersions(owner.db)).filter(({ emptiedAt }) => emptiedAt === null).length;
    if (left > 1 || (await lookupKeys()).read().length > (await listVersions(owner.db)).length) cutShort += 1;

    assert.equal(await rotation.run(), 0);
    await everybodyIsFound();
    const versions = await listVersions(owner.db);
    assert.ok(versions.length === before + 1 || versions.length === before + 2, "one rotation, or one and another");
    const current = versions.at(-1)?.version;
    assert.deepEqual([...(await countEntries(owner.db))], [[current, 2 * people]]);
    assert.ok(versions.every(({ version, emptiedAt }) => (emptiedAt === null) === (version === current)));
    assert.equal((await lookupKeys()).read().length, versions.length, "no key was made in vain");
  });
}

test("several of these rotations really were cut short", () => {
  assert.ok(cutShort >= 3, `${cutShort} were`);
});

/** As the next start would look for them, by the database and the folder alone: each once, under a version in use. */
async function everybodyIsFound(): Promise<void> {
  await requireLookupKeys(owner.db, await lookupKeys());
  const index = new BlindIndex((await lookupKeys()).read());
  await learnVersions({ db: owner.db, index });
  const rows = await owner.db.selectFrom("vault.lookup").select(["digest", "subject_id"]).where("identifies", "=", true).execute();
  const found = new Map(rows.map((row) => [row.digest.toString("hex"), row.subject_id]));
  assert.equal(found.size, people);
  for (const [email, subject] of subjects) {
    const digests = [index.newest("email", email).digest, ...index.earlier("email", email)];
    assert.deepEqual(digests.flatMap((digest) => found.get(digest.toString("hex")) ?? []), [subject]);
  }
}
