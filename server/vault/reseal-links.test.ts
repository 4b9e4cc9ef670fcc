import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { readEntryLinks } from "../journal/entry-links.ts";
import { sweep } from "../worker/sweep.ts";
import { aPersonWithPhone, staff } from "./gate-scene.ts";
import { KeyEncryptionKeys } from "./key-encryption-keys.ts";
import { resealLinks } from "./reseal-links.ts";

let kit: TestContext;
before(async () => {
  kit = await createTestContext();
});
after(() => kit[Symbol.asyncDispose]());

const first = () => ({ epoch: 1, bytes: Buffer.from(kit.reopen.kek, "hex") });
const second = { epoch: 2, bytes: randomBytes(32) };

/** Somebody whose phone was read so often. */
async function someoneRead(times: number): Promise<string> {
  const subject = await aPersonWithPhone(kit.ctx, ["8.2"]);
  const use = { subject, purpose: "8.2", operation: "use", categories: ["phone"], actor: staff } as const;
  for (let time = 0; time < times; time += 1) await kit.ctx.gate.use(use, () => "");
  return subject;
}

const idsOf = async (keys: KeyEncryptionKeys, subject: string) =>
  (await readEntryLinks({ db: kit.ctx.db, keys }, subject)).map(({ entryId }) => entryId);

test("links that a database held in the open are sealed by the next sweep, and still lead to the same entries", async () => {
  const subject = await someoneRead(3);
  const before = await idsOf(kit.ctx.keys, subject);
  await kit.ctx.db.deleteFrom("journal.about").where("subject_id", "=", subject).execute();
  for (const id of before) {
    await sql`insert into journal.about values (${subject}, 0, uuid_send(${id}::uuid))`.execute(kit.ctx.db);
  }
  await sweep(kit.ctx);
  const rows = await kit.ctx.db.selectFrom("journal.about").selectAll().where("subject_id", "=", subject).execute();
  assert.deepEqual(rows.map(({ kek_epoch, sealed }) => [kek_epoch, sealed.length]), Array(3).fill([1, 44]));
  assert.deepEqual(await idsOf(kit.ctx.keys, subject), before);
});

test("every link of an earlier epoch is sealed anew, also by two at once, and the old key is needed no more", async () => {
  const people = await Promise.all([someoneRead(5), someoneRead(7)]);
  const before = await Promise.all(people.map((subject) => idsOf(kit.ctx.keys, subject)));
  const both = () => new KeyEncryptionKeys([first(), second]);
  const runs = await Promise.all([1, 2].map(() => resealLinks(kit.ctx.db, both(), randomBytes)));
  assert.ok(runs.every(({ broken }) => broken === 0));
  const keys = new KeyEncryptionKeys([second]);
  assert.deepEqual(await Promise.all(people.map((subject) => idsOf(keys, subject))), before);
  assert.deepEqual(await resealLinks(kit.ctx.db, both(), randomBytes), { resealed: 0, broken: 0 });
});

test("a link that was altered stays as it is, is counted, and keeps nobody else's from being sealed", async () => {
  const [altered, whole] = [await someoneRead(1), await someoneRead(1)];
  await sql`update journal.about set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where subject_id = ${altered}`
    .execute(kit.ctx.db);
  const { broken } = await resealLinks(kit.ctx.db, new KeyEncryptionKeys([first(), second]), randomBytes);
  assert.equal(broken, 1);
  assert.equal((await idsOf(new KeyEncryptionKeys([second]), whole)).length, 1);
});
