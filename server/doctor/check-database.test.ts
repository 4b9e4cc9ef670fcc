import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { type Connection, connect } from "../database/connect.ts";
import { checkDatabase } from "./check-database.ts";

let kit: TestContext;
let owner: Connection;
before(async () => {
  kit = await createTestContext();
  owner = connect(kit.database.ownerAddress, { name: "doctor-owner", max: 1 });
});
after(async () => {
  await owner[Symbol.asyncDispose]();
  await kit[Symbol.asyncDispose]();
});

/** What is bad about the database, as its findings say. */
async function bad(db: Parameters<typeof checkDatabase>[0]): Promise<string> {
  const findings = await checkDatabase(db);
  return findings.flatMap(({ level, sentence }) => (level === "bad" ? [sentence] : [])).join("\n");
}

test("a database that could lose what people were told is kept is bad, and each setting is named with its remedy", async () => {
  // The databases of the tests are fast and not durable: just what the doctor must find.
  const found = await bad(kit.ctx.db);
  assert.match(found, /fsync=off.*could be lost\. Set it to on\./);
  const good = (await checkDatabase(kit.ctx.db)).map(({ sentence }) => sentence);
  assert.ok(!good.includes("What is acknowledged to a person is on disk."));
});

test("a connection that does not wait for the disk is found, whatever the server says", async () => {
  await using one = connect(kit.database.appAddress, { name: "doctor", max: 1 });
  await sql`set synchronous_commit = off`.execute(one.db);
  assert.match(await bad(one.db), /synchronous_commit=off/);
  await sql`set synchronous_commit = remote_apply`.execute(one.db);
  assert.doesNotMatch(await bad(one.db), /synchronous_commit/);
});

test("the server's own role can read no key past the journal, and is no superuser", async () => {
  const sentences = (await checkDatabase(kit.ctx.db)).flatMap(({ level, sentence }) =>
    level === "good" ? [sentence] : [],
  );
  assert.ok(sentences.includes("The server's database role cannot read keys except through the journal."));
  assert.ok(sentences.includes("The server does not run as a superuser of the database."));
  assert.ok(sentences.some((sentence) => /^PostgreSQL 1[5-9].* answers\.$/.test(sentence)));
});

test("a superuser in the server's place is found, and that keys then lie open", async () => {
  const found = await bad(owner.db);
  assert.match(found, /can read keys past the journal/);
  assert.match(found, /runs as a superuser/);
});

test("a right to the keys that was given by mistake is found", async () => {
  await sql`grant select on vault.subject_key to ubada_app`.execute(owner.db);
  assert.match(await bad(kit.ctx.db), /can read keys past the journal; take its rights away/);
  await sql`revoke select on vault.subject_key from ubada_app`.execute(owner.db);
  assert.doesNotMatch(await bad(kit.ctx.db), /past the journal/);
});
