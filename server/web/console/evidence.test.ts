import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { connect } from "../../database/connect.ts";
import { extendLedger } from "../../journal/extend-ledger.ts";
import { askWitnesses } from "../../journal/witness-round.ts";
import { startWitness } from "../../../test-kit/witness-server.ts";
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

test("the page is for members of staff", async () => {
  await using console = await scene("closed");
  const answer = await console.street.get("/ru/console/evidence");
  assert.equal(answer.headers.get("location"), "/ru/console/sign-in");
});
