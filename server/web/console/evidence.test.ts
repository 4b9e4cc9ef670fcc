import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { keepMonthsSince } from "../../../test-kit/journal-months.ts";
import { connect } from "../../database/connect.ts";
import { extendLedger } from "../../journal/extend-ledger.ts";
import { askWitnesses } from "../../journal/witness-round.ts";
import { startWitness } from "../../../test-kit/witness-server.ts";
import { pruneJournal } from "../../journal/prune-journal.ts";
import { aibek, createConsoleScene } from "./console-scene.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "evidence-"));
});
after(() => rm(folder, { recursive: true }));

const scene = (name: string) => createConsoleScene({ environment: { UBADA_DATA: join(folder, name) } });

test("a member of staff sees what was last signed, checks everything, and is told that it agrees", async () => {
  await using console = await scene("whole");
  const desk = await console.desk("staff");
  assert.match(await (await desk.get("/ru/console/evidence")).text(), /Реестр ещё не начат/);
  await console.enquire();
  await extendLedger(console.ctx);
  const page = await (await desk.get("/en/console/evidence")).text();
  assert.match(page, /Nothing was checked since the system started/);
  assert.ok(page.includes(console.ctx.signer.verifierKey));
  assert.equal((await desk.post("/en/console/evidence")).status, 303);
  const checked = await (await desk.get("/en/console/evidence")).text();
  assert.match(checked, /Everything agrees/);
  assert.match(checked, /Entries checked: 1\./);
  for (const trace of [aibek.surname, aibek.email, "555000101"]) assert.ok(!checked.includes(trace), trace);
});

test("an entry that somebody took out of the database is named on the page", async () => {
  await using console = await scene("robbed");
  const desk = await console.desk("staff");
  await console.enquire();
  await extendLedger(console.ctx);
  await using owner = connect(console.database.ownerAddress, { name: "robber", max: 1 });
  await sql`alter table journal.entry disable trigger append_only`.execute(owner.db);
  const gone = await owner.db.deleteFrom("journal.entry").returning("entry_id").executeTakeFirstOrThrow();
  await desk.post("/ru/console/evidence");
  const page = await (await desk.get("/ru/console/evidence")).text();
  assert.match(page, /Не сходится записей: 1/);
  assert.ok(page.includes(gone.entry_id));
  assert.match(page, /убрана/);
});

test("without a witness the page says what that means; with them how each stands, in every language", async () => {
  await using alone = await scene("alone");
  const desk = await alone.desk("staff");
  await alone.enquire();
  await extendLedger(alone.ctx);
  assert.match(await (await desk.get("/en/console/evidence")).text(), /No witness is configured/);

  const time = Temporal.Instant.from("2026-11-23T03:00:05Z");
  await using honest = await startWitness("honest.example", () => time);
  await using stranger = await startWitness("stranger.example", () => time);
  await using forked = await startWitness("forked.example", () => time);
  const settings = [honest, stranger, forked].map(({ setting }) => setting).join(" ");
  await using console = await createConsoleScene({ environment: { UBADA_DATA: join(folder, "seen"), WITNESSES: settings } });
  const { ctx } = console;
  honest.know(ctx.signer.verifier);
  forked.remember(ctx.signer.verifier, { size: 7, root: Buffer.alloc(32) });
  const other = await console.desk("staff");
  await console.enquire();
  await extendLedger(ctx);
  assert.match(await (await other.get("/en/console/evidence")).text(), /Not asked yet/);
  await askWitnesses(ctx, new AbortController().signal);
  const page = await (await other.get("/en/console/evidence")).text();
  assert.match(page, /honest\.example[^]*Signs[^]*entries: 1, 23 November 2026, 09:00/);
  assert.match(page, /Does not know this ledger[^<]*\(since 23 November 2026, 09:00\)[^]*Has not signed yet/);
  assert.match(page, /The witness forked\.example disagrees[^]*they have seen 7 entries, more than this database has/);
  assert.ok(page.includes(`--witness ${honest.key}`));
  for (const [language, words] of [["ru", /не согласен с реестром[^]*Не знает этого реестра/], ["ky", /макул эмес/]] as const) {
    assert.match(await (await other.get(`/${language}/console/evidence`)).text(), words);
  }
});

test("entries that the retention let go are counted as that, and the journal says why they went", async () => {
  await using console = await scene("pruned");
  const desk = await console.desk("staff");
  const at = Temporal.Instant.from("2019-01-10T06:00:00Z");
  await keepMonthsSince(console.database.ownerAddress, at);
  const id = "01683620-ce00-7000-8000-000000000000";
  await sql`insert into journal.entry (entry_id, at, operation, purpose, basis, clause, categories, actor, outcome, policy_version)
    values (${id}, ${at}, 'storage', '8.2', 'consent', '8.2', '{}', 'system', 'done', '1')`.execute(console.ctx.db);
  await extendLedger(console.ctx);
  assert.equal(await pruneJournal(console.ctx), 1);
  const page = await (await desk.get("/ru/console/evidence")).text();
  assert.match(page, /60 мес\.; убрано по сроку записей: 1/);
  await desk.post("/ru/console/evidence");
  const checked = await (await desk.get("/en/console/evidence")).text();
  assert.match(checked, /Everything agrees/);
  assert.match(checked, /Entries checked: 1\./, "the one that announced it");
  assert.match(checked, /Another 1 are older than the retention \(60 months\)/);
  assert.match(await (await desk.get("/ky/console/journal")).text(), /Журналды сактоо мөөнөтү: 60 ай/);
});

test("the page is for members of staff", async () => {
  await using console = await scene("closed");
  const answer = await console.street.get("/ru/console/evidence");
  assert.equal(answer.headers.get("location"), "/ru/console/sign-in");
});
