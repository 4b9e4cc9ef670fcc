import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { connect } from "../../database/connect.ts";
import { sequenceEntries } from "../../journal/sequence-entries.ts";
import { listReceipts } from "../../receipts/list-receipts.ts";
import { writeReceipt } from "../../receipts/write-receipt.ts";
import { runErasure } from "../../erasure/run-erasure.ts";
import { findSubject } from "../../vault/find-subject.ts";
import { openFromCabinet } from "../../requests/open-from-cabinet.ts";
import { aibek, type ConsoleScene, createConsoleScene, type Desk } from "./console-scene.ts";

let scene: ConsoleScene;
let number: string;
let file: string;
let subject: string;
let desk: Desk;
before(async () => {
  scene = await createConsoleScene();
  const { ctx } = scene;
  desk = await scene.desk("staff");
  await scene.enquire();
  subject = (await findSubject(ctx, "email", aibek.email)) ?? assert.fail("nobody came in");
  const [receipt] = await listReceipts(ctx, subject);
  number = receipt?.number ?? assert.fail("there is no receipt");
});
after(() => scene?.[Symbol.asyncDispose]());

async function find(wanted: string, status = 200): Promise<string> {
  const answer = await desk.get(`/en/console/evidence/receipt?number=${encodeURIComponent(wanted)}`);
  assert.equal(answer.status, status);
  return answer.text();
}

async function check(html: string | undefined, status = 200): Promise<string> {
  const body = new FormData();
  if (html !== undefined) body.set("receipt", new File([html], "receipt.html", { type: "text/html" }));
  const answer = await desk.postFiles("/en/console/evidence/receipt", body);
  assert.equal(answer.status, status);
  return answer.text();
}

test("a receipt is found by its number, first in the journal and then in the ledger, and not whose it is", async () => {
  assert.match(await find(number), /gets into the ledger within seconds/);
  await sequenceEntries(scene.ctx);
  const page = await find(` ${number.toUpperCase()} `);
  assert.match(page, /in the journal and in the ledger[^]*Collection/);
  for (const trace of [aibek.surname, aibek.email, "555000101", subject]) assert.ok(!page.includes(trace), trace);
});

test("a number that no receipt has is told, with what to do", async () => {
  for (const wanted of ["", "1", "'; --", number.replace(/.$/, (last) => (last === "0" ? "1" : "0"))]) {
    assert.match(await find(wanted, 404), /There is no receipt of this number[^]*check the file/);
  }
});

test("a file that somebody brings is checked, also after their data was destroyed", async () => {
  const written = await writeReceipt(scene.ctx, { subject, language: "ky" }, number);
  assert.ok(written.kind === "ready");
  file = written.file.html;
  await openFromCabinet(scene.ctx, { subject, kind: "destruction", language: "ru" });
  scene.advance({ hours: 24 * 31 });
  assert.deepEqual(await runErasure(scene.ctx, { subject }), { kind: "finished" });
  desk = await scene.desk("staff", "later");
    const page = await check(file);
  assert.match(page, /The receipt is genuine[^]*Request a consultation[^]*8\.2/);
  assert.match(await find(number), /in the journal and in the ledger/);
});

test("a file that was changed, is no receipt, is missing or is too large is refused with the reason", async () => {
  assert.match(await check(file.replace("8.2", "8.3"), 422), /proves nothing[^]*something in it was changed/);
  assert.match(await check("<html></html>", 422), /not a receipt/);
  assert.match(await check(undefined, 422), /Choose the file/);
  assert.match(await check("x".repeat(2 * 1024 * 1024), 413), /too large/);
});

test("an entry that was changed in the database is not called proved", async () => {
  await using owner = connect(scene.database.ownerAddress, { name: "robber", max: 1 });
  await sql`alter table journal.entry disable trigger append_only`.execute(owner.db);
  const { rows } = await sql<{ part: string }>`select tableoid::regclass::text as part from journal.entry where entry_id = ${number}`
    .execute(owner.db);
  await sql`alter table ${sql.raw(rows[0]?.part ?? "")} disable trigger append_only`.execute(owner.db);
  await sql`update journal.entry set purpose = '8.5' where entry_id = ${number}`.execute(owner.db);
  assert.match(await find(number), /does not agree with the ledger/);
});
