import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parseVerifierKey } from "../../../ledger/signed-note.ts";
import { urlReader } from "../../../ledger/url-reader.ts";
import { verifyLog } from "../../../ledger/verify-log.ts";
import { createTestContext, type TestContext } from "../../../test-kit/context.ts";
import { submitEnquiry } from "../../enquiries/submit-enquiry.ts";
import { publishCheckpoint } from "../../journal/publish-checkpoint.ts";
import { sequenceEntries } from "../../journal/sequence-entries.ts";
import { serveWeb, type Web } from "../serve.ts";

let kit: TestContext;
let web: Web;
before(async () => {
  kit = await createTestContext({ environment: { PORT: "0" } });
  web = await serveWeb(kit.ctx);
});
after(async () => {
  await web?.[Symbol.asyncDispose]();
  await kit?.[Symbol.asyncDispose]();
});

test("a stranger who has the address and the key checks the whole ledger, and reads nobody's data in it", async () => {
  assert.equal((await fetch(`${web.origin}/ledger/checkpoint`)).status, 404);
  const fields = { surname: "Тестов", firstName: "Айбек", phone: "0555000101", email: "aibek.testov@example.kg" };
  await submitEnquiry(kit.ctx, { form: "enrol", language: "ru", fields, ticked: [], declared: true });
  await sequenceEntries(kit.ctx);
  await publishCheckpoint(kit.ctx);
  const key = await (await fetch(`${web.origin}/ledger/key`)).text();
  const { checkpoint } = await verifyLog(urlReader(`${web.origin}/ledger`), parseVerifierKey(key.trim()));
  assert.equal(checkpoint.size, 1);
  const bundle = await (await fetch(`${web.origin}/ledger/tile/entries/000.p/1`)).text();
  assert.match(bundle, /"operation":"collection","outcome":"done"/);
  const subjects = await kit.ctx.db.selectFrom("vault.subject").select("subject_id").execute();
  const entries = await kit.ctx.db.selectFrom("journal.entry").select("entry_id").execute();
  const traces = [...Object.values(fields), "555000101", ...subjects.map((row) => row.subject_id), ...entries.map((row) => row.entry_id)];
  for (const trace of traces) assert.ok(!bundle.includes(trace), trace);
});

test("a tile may be kept for ever, a checkpoint is asked for anew, and what is not there is not made up", async () => {
  const tile = await fetch(`${web.origin}/ledger/tile/0/000.p/1`);
  assert.equal(tile.status, 200);
  assert.match(tile.headers.get("cache-control") ?? "", /immutable/);
  assert.equal((await tile.bytes()).length, 32);
  assert.equal((await fetch(`${web.origin}/ledger/checkpoint`)).headers.get("cache-control"), "no-cache");
  for (const path of ["tile/0/000", "tile/0/000.p/2", "tile/1/000.p/1", "tile/0/0", "tile/entries/000.p/256", "tile/0/..%2F000"]) {
    assert.equal((await fetch(`${web.origin}/ledger/${path}`)).status, 404, path);
  }
});
