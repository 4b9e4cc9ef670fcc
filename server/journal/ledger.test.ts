import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { type Kysely, sql } from "kysely";
import { folderReader } from "../../ledger/folder-reader.ts";
import { createNoteSigner, parseVerifierKey } from "../../ledger/signed-note.ts";
import { verifyLog } from "../../ledger/verify-log.ts";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { startMailServer } from "../../test-kit/mail-server.ts";
import { connect } from "../database/connect.ts";
import { submitEnquiry } from "../enquiries/submit-enquiry.ts";
import { createSmtpMailer } from "../letters/smtp-mailer.ts";
import { openFromCabinet } from "../requests/open-from-cabinet.ts";
import type { Database } from "../database/schema-types.ts";
import { appendEntry } from "./append-entry.ts";
import { checkJournal } from "./check-journal.ts";
import { ledgerReader } from "./ledger-reader.ts";
import { publishLedger } from "./publish-ledger.ts";
import { requireLedger } from "./require-ledger.ts";
import { sequenceEntries } from "./sequence-entries.ts";

let kit: TestContext;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ledger-"));
});
beforeEach(async () => {
  kit = await createTestContext();
});
after(() => rm(folder, { recursive: true }));

const verifier = () => parseVerifierKey(kit.ctx.signer.verifierKey);

/** Entries about nobody, as many as wanted, in a transaction of their own or in the one given. */
async function journal(count: number, db: Kysely<Database> = kit.ctx.db): Promise<void> {
  for (let at = 0; at < count; at++) {
    await appendEntry(kit.ctx, db, null, {
      entryId: kit.ctx.newId(),
      at: kit.ctx.now(),
      operation: "storage",
      purpose: "17",
      basis: "duty",
      clause: "17",
      categories: ["phone"],
      actor: { kind: "system" },
      policyVersion: kit.ctx.policy.version,
    });
  }
}

/** What an operator runs, in the database and in the files: the tree, and every entry against its leaf. */
async function verifyAll(): Promise<number> {
  const reader = ledgerReader(kit.ctx.db);
  await publishLedger(reader, join(folder, "all"));
  const { checkpoint } = await verifyLog(reader, verifier());
  assert.deepEqual((await verifyLog(folderReader(join(folder, "all")), verifier())).checkpoint, checkpoint);
  assert.deepEqual(await checkJournal(kit.ctx.db, kit.ctx.now()), { flaws: [], pruned: undefined });
  await rm(join(folder, "all"), { recursive: true });
  return checkpoint.size;
}

/** As somebody who has the whole database in their hands. */
async function tamper(...statements: readonly ReturnType<typeof sql>[]): Promise<void> {
  await using owner = connect(kit.database.ownerAddress, { name: "tamper", max: 1 });
  for (const table of ["journal.entry", "ledger.leaf"]) {
    await sql`alter table ${sql.table(table)} disable trigger user`.execute(owner.db);
  }
  for (const statement of statements) await statement.execute(owner.db);
}

test("every entry is in the ledger once, whatever the sizes of the batches", async () => {
  await using _ = kit;
  let total = 0;
  for (const count of [0, 1, 2, 253, 1, 300, 7]) {
    await journal(count);
    total += count;
    while ((await sequenceEntries(kit.ctx, 100)) === 100);
    assert.equal(await verifyAll(), total);
  }
});

test("an idle server signs nothing anew", async () => {
  await using _ = kit;
  await sequenceEntries(kit.ctx);
  const note = await ledgerReader(kit.ctx.db).read("checkpoint");
  kit.advance({ hours: 1 });
  assert.equal(await sequenceEntries(kit.ctx), 0);
  assert.deepEqual(await ledgerReader(kit.ctx.db).read("checkpoint"), note);
});

test("an entry whose transaction commits late is not forgotten", async () => {
  await using _ = kit;
  await kit.ctx.db.transaction().execute(async (early) => {
    await journal(2, early);
    await journal(3);
    assert.equal(await sequenceEntries(kit.ctx), 3);
  });
  assert.equal(await sequenceEntries(kit.ctx), 2);
  assert.equal(await verifyAll(), 5);
});

test("servers that sequence at once take every entry in once", async () => {
  await using _ = kit;
  const servers = Array.from({ length: 4 }, async () => {
    for (let round = 0; round < 10; round++) {
      await journal(3);
      await sequenceEntries(kit.ctx, 5);
    }
  });
  await Promise.all(servers);
  while ((await sequenceEntries(kit.ctx)) > 0);
  assert.equal(await verifyAll(), 120);
});

test("an entry that is changed, taken out or put in another's place is found and named", async () => {
  await using _ = kit;
  await journal(300);
  await sequenceEntries(kit.ctx);
  const { rows } = await sql<{ id: string }>`select entry_id as id from ledger.leaf order by position`.execute(kit.ctx.db);
  const id = (position: number) => rows[position]?.id ?? "";
  const move = (from: number, to: number) => sql`update ledger.leaf set position = ${to} where position = ${from}`;
  await tamper(
    sql`update journal.entry set at = at + interval '1 second' where entry_id = ${id(7)}`,
    sql`delete from journal.entry where entry_id = ${id(280)}`,
    sql`update journal.entry set actor = 'subject', clause = '18' where entry_id = ${id(299)}`,
    ...[move(20, 1000), move(21, 20), move(1000, 21)],
  );
  assert.deepEqual((await checkJournal(kit.ctx.db, kit.ctx.now())).flaws, [
    { kind: "changed", position: 7, entryId: id(7) },
    { kind: "changed", position: 20, entryId: id(21) },
    { kind: "changed", position: 21, entryId: id(20) },
    { kind: "missing", position: 280, entryId: id(280) },
    { kind: "changed", position: 299, entryId: id(299) },
  ]);
  await tamper(sql`delete from ledger.leaf where position = 3`);
  await assert.rejects(checkJournal(kit.ctx.db, kit.ctx.now()), { code: "leaf-missing" });
});

test("the entries about somebody who was erased still agree with the ledger, and nothing says any more whom they were about", async () => {
  await kit[Symbol.asyncDispose]();
  await using mail = await startMailServer();
  kit = await createTestContext({ mailer: createSmtpMailer({ url: mail.url, from: "school@example.kg", fromName: "School" }) });
  await using _ = kit;
  const fields = { surname: "Тестов", firstName: "Айбек", phone: "0555000101", email: "aibek.testov@example.kg" };
  await submitEnquiry(kit.ctx, { form: "consultation", language: "ru", fields, ticked: [], declared: true });
  await sequenceEntries(kit.ctx);
  const { subject_id: subject } = await kit.ctx.db.selectFrom("vault.subject").select("subject_id").executeTakeFirstOrThrow();
  await openFromCabinet(kit.ctx, { subject, kind: "destruction", language: "ru" });
  await kit.runJobs();
  await sequenceEntries(kit.ctx);
  assert.ok((await verifyAll()) >= 3);
  assert.deepEqual(await kit.ctx.db.selectFrom("journal.about").select("sealed").execute(), []);
});

test("the server's own role can take nothing out of the ledger and put nothing else in its place", async () => {
  await using _ = kit;
  await journal(3);
  await sequenceEntries(kit.ctx);
  const { db } = kit.ctx;
  const denied = { code: "42501" };
  await assert.rejects(sql`delete from ledger.leaf`.execute(db), denied);
  await assert.rejects(sql`update ledger.leaf set entry_id = gen_random_uuid() where position = 1`.execute(db), denied);
  await assert.rejects(sql`delete from ledger.tile`.execute(db), denied);
  await assert.rejects(sql`update ledger.tile set hashes = sha256(hashes)`.execute(db), denied);
  await assert.rejects(sql`update ledger.bundle set entries = '\\x00'`.execute(db), denied);
  await assert.rejects(sql`update ledger.checkpoint set size = 2`.execute(db), denied);
});

test("a crash while the plain files are written leaves nothing that the next time does not mend", async () => {
  await using _ = kit;
  const files = join(folder, "crashed");
  const reader = ledgerReader(kit.ctx.db);
  await journal(700);
  await sequenceEntries(kit.ctx);
  let written = 0;
  const dying = { read: (path: string) => (written++ < 4 ? reader.read(path) : Promise.reject(new Error("killed"))) };
  await assert.rejects(publishLedger(dying, files), /killed/);
  await assert.rejects(verifyLog(folderReader(files), verifier()), { code: "checkpoint-missing" });
  await publishLedger(reader, files);
  assert.equal((await verifyLog(folderReader(files), verifier())).checkpoint.size, 700);
});

test("a database that is older than what was published, or another, is refused", async () => {
  await using _ = kit;
  const files = join(folder, "older");
  assert.equal(await requireLedger(ledgerReader(kit.ctx.db), files, verifier()), "new");
  await journal(5);
  await sequenceEntries(kit.ctx);
  assert.equal(await requireLedger(ledgerReader(kit.ctx.db), files, verifier()), "nothing-published");
  await publishLedger(ledgerReader(kit.ctx.db), files);
  await journal(5);
  await sequenceEntries(kit.ctx);
  assert.equal(await requireLedger(ledgerReader(kit.ctx.db), files, verifier()), "continued");

  await using restored = await createTestContext();
  const reader = ledgerReader(restored.ctx.db);
  const { signer } = kit.ctx;
  await assert.rejects(requireLedger(reader, files, verifier()), { code: "ledger-forked" });
  for (const count of [2, 3, 10]) {
    const means = { ...restored.ctx, signer };
    for (let at = 0; at < count; at++) await journal(1, restored.ctx.db);
    await sequenceEntries(means);
    await assert.rejects(requireLedger(reader, files, verifier()), { code: "ledger-forked" });
  }
});

test("checkpoints under a key that is not ours are refused", async () => {
  await using _ = kit;
  const files = join(folder, "foreign");
  await journal(1);
  const signer = createNoteSigner(kit.ctx.signer.name, kit.ctx.randomBytes(32));
  await sequenceEntries({ ...kit.ctx, signer });
  await publishLedger(ledgerReader(kit.ctx.db), files);
  await assert.rejects(requireLedger(ledgerReader(kit.ctx.db), files, verifier()), { code: "not-signed" });
  await writeFile(join(files, "checkpoint"), "");
  await assert.rejects(requireLedger(ledgerReader(kit.ctx.db), files, verifier()));
});
