import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { sql } from "kysely";
import { leafHash } from "../../ledger/merkle.ts";
import { proveInclusion, verifyInclusion } from "../../ledger/proofs.ts";
import { parseVerifierKey } from "../../ledger/signed-note.ts";
import { verifyLog } from "../../ledger/verify-log.ts";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { keepMonthsSince } from "../../test-kit/journal-months.ts";
import { connect } from "../database/connect.ts";
import { sweep } from "../worker/sweep.ts";
import { appendEntry } from "./append-entry.ts";
import { checkJournal } from "./check-journal.ts";
import { ledgerReader } from "./ledger-reader.ts";
import { proveEntry } from "./prove-entry.ts";
import { pruneJournal } from "./prune-journal.ts";
import { keepJournalFor, prunePurpose } from "./retention.ts";
import { sequenceEntries } from "./sequence-entries.ts";

const start = Temporal.Instant.from("2019-01-10T06:00:00Z");
const perMonth = 300;

/** Four months of entries from January 2019 on, all in the ledger. The clock then stands in May. */
let kit: TestContext;
beforeEach(async () => {
  kit = await createTestContext({ now: start });
  await keepMonthsSince(kit.database.ownerAddress, start);
  for (let month = 0; month < 4; month++) {
    for (let at = 0; at < perMonth; at++) await journal();
    await sequenceEntries(kit.ctx);
    kit.advance({ months: 1 });
  }
});
afterEach(() => kit[Symbol.asyncDispose]());

/** Moves the clock on to this day. */
function goTo(date: string, time = "00:00"): void {
  kit.advance(kit.ctx.now().until(Temporal.Instant.from(`${date}T${time}Z`), { largestUnit: "hours" }));
}

async function journal(entry: { readonly entryId?: string; readonly at?: Temporal.Instant; readonly purpose?: string } = {}): Promise<string> {
  const { entryId = kit.ctx.newId(), at = kit.ctx.now(), purpose = "17" } = entry;
  await appendEntry(kit.ctx, kit.ctx.db, null, {
    ...{ entryId, at, purpose, operation: "deletion", basis: "duty", clause: "17", categories: ["phone"] },
    ...{ actor: { kind: "system" }, policyVersion: kit.ctx.policy.version },
  });
  return entryId;
}

const check = () => checkJournal(kit.ctx.db, kit.ctx.now());
const entriesLeft = async () => {
  const { rows } = await sql<{ count: string }>`select count(*) from journal.entry`.execute(kit.ctx.db);
  return Number(rows[0]?.count);
};

/** As somebody who has the whole database in their hands. */
async function asOwner(...statements: readonly ReturnType<typeof sql>[]): Promise<void> {
  await using owner = connect(kit.database.ownerAddress, { name: "owner", max: 1 });
  await sql`set session_replication_role = replica`.execute(owner.db);
  for (const statement of statements) await statement.execute(owner.db);
}

async function retainFor(months: number): Promise<void> {
  await using owner = connect(kit.database.ownerAddress, { name: "owner", max: 1 });
  await keepJournalFor(owner.db, months);
}

/** Takes January out behind the system's back, with what opens its leaves. */
const takeJanuaryOut = () =>
  asOwner(
    sql`delete from ledger.leaf where position < ${perMonth}`,
    sql`drop table journal.entry_2019_01`,
  );

const forge = (announcement: string) =>
  asOwner(sql`insert into journal.pruned values (journal.first_id('2019-02-01Z'), ${perMonth}, 36, now(), ${announcement})`);

test("whole months go when they are older than the retention, and every root and proof stays valid", async () => {
  const reader = ledgerReader(kit.ctx.db);
  const verifier = parseVerifierKey(kit.ctx.signer.verifierKey);
  const previous = (await reader.read("checkpoint"))?.toString();
  const { rows } = await sql<{ id: string }>`select entry_id as id from ledger.leaf where position in (7, 700) order by position`
    .execute(kit.ctx.db);
  const [old = "", young = ""] = rows.map(({ id }) => id);
  const shown = await proveEntry(kit.ctx.db, verifier, old);
  assert.ok(shown);

  goTo("2024-01-31");
  assert.equal(await pruneJournal(kit.ctx), 0, "January 2019 is not yet 60 whole months back");
  goTo("2024-03-01");
  assert.equal(await pruneJournal(kit.ctx), 2 * perMonth);
  assert.equal(await entriesLeft(), 2 * perMonth + 1, "with the one that announced it");
  assert.deepEqual(await check(), { flaws: [], pruned: { entries: 2 * perMonth, months: 60 } });

  const { checkpoint } = await verifyLog(reader, verifier, { previous });
  const { size, root } = checkpoint;
  assert.equal(size, 4 * perMonth + 1);
  const proof = await proveInclusion(reader, size, 7);
  assert.ok(verifyInclusion({ index: 7, size, root, proof, leaf: leafHash(shown.leaf) }));
  assert.equal(await proveEntry(kit.ctx.db, verifier, old), undefined, "what opens it is gone with it");
  assert.ok(await proveEntry(kit.ctx.db, verifier, young));
});

test("what was pruned is written down, once, and nothing is written while nothing is due", async () => {
  const before = await entriesLeft();
  goTo("2024-01-31");
  await pruneJournal(kit.ctx);
  assert.equal(await entriesLeft(), before);
  goTo("2024-03-01");
  await pruneJournal(kit.ctx);
  await pruneJournal(kit.ctx);
  const rows = await kit.ctx.db.selectFrom("journal.pruned").selectAll().orderBy("before").execute();
  const [first] = rows;
  assert.deepEqual(rows.map((row) => [row.entries, row.retention_months]), [[String(perMonth), 60], [String(perMonth), 60]]);
  const announced = await kit.ctx.db.selectFrom("journal.entry").select(["entry_id", "at"]).where("purpose", "=", prunePurpose(60)).execute();
  assert.deepEqual(announced, [{ entry_id: first?.entry_id, at: kit.ctx.now() }]);
});

test("the sweep prunes, says so in the log, and makes the months to come", async () => {
  goTo("2024-03-01");
  await sweep(kit.ctx);
  await sweep(kit.ctx);
  assert.deepEqual(await check(), { flaws: [], pruned: { entries: 2 * perMonth, months: 60 } });
  const told = kit.log.map((line) => JSON.parse(line) as { event: string; entries?: number });
  assert.deepEqual(told.map(({ event, entries }) => [event, entries]), [["journal-pruned", 2 * perMonth]]);
  const next = Temporal.Now.plainDateISO("UTC").with({ day: 1 }).add({ months: 3 }).toString().slice(0, 7).replace("-", "_");
  const { rows } = await sql`select to_regclass(${`journal.entry_${next}`}) is not null as made`.execute(kit.ctx.db);
  assert.deepEqual(rows, [{ made: true }]);
});

test("an announcement may be pruned in its turn, and what it let go still counts", async () => {
  await retainFor(36);
  goTo("2022-03-01");
  assert.equal(await pruneJournal(kit.ctx), 2 * perMonth);
  goTo("2025-06-01");
  assert.equal(await pruneJournal(kit.ctx), 2 * perMonth + 1);
  assert.deepEqual(await check(), { flaws: [], pruned: { entries: 4 * perMonth + 1, months: 36 } });
});

test("an entry that somebody removed is still named when other months have been pruned", async () => {
  const { rows } = await sql<{ id: string }>`select entry_id as id from ledger.leaf where position in (650, 1000) order by position`
    .execute(kit.ctx.db);
  const [first = "", second = ""] = rows.map(({ id }) => id);
  const missing = [
    { kind: "missing", position: 650, entryId: first },
    { kind: "missing", position: 1000, entryId: second },
  ] as const;
  await asOwner(sql`delete from journal.entry where entry_id in (${first}, ${second})`);
  assert.deepEqual((await check()).flaws, missing);
  goTo("2024-03-01");
  await pruneJournal(kit.ctx);
  assert.deepEqual((await check()).flaws, missing);
});

test("a month that somebody dropped is not taken for a pruned one", async () => {
  await asOwner(sql`drop table journal.entry_2019_03`);
  goTo("2024-03-01");
  await pruneJournal(kit.ctx);
  const { flaws, pruned } = await check();
  assert.equal(flaws.length, perMonth);
  assert.deepEqual(new Set(flaws.map(({ kind }) => kind)), new Set(["missing"]));
  assert.equal(pruned?.entries, 2 * perMonth);
});

test("a month that does not agree with the ledger is evidence, and is not pruned", async () => {
  await asOwner(sql`delete from journal.entry where entry_id = (select entry_id from ledger.leaf where position = 7)`);
  goTo("2024-03-01");
  await assert.rejects(pruneJournal(kit.ctx), { code: "22000" });
  assert.equal((await check()).flaws.length, 1);
  await assert.rejects(pruneJournal(kit.ctx), { code: "22000" });
  assert.equal(await entriesLeft(), 4 * perMonth - 1 + 1, "it is announced once");
});

for (const [claim, announce] of [
  ["by a row alone", async () => kit.ctx.newId()],
  ["by an entry that announced nothing", () => journal()],
  ["by an announcement with a shorter retention than any may have", () => journal({ purpose: prunePurpose(1) })],
  ["by an announcement from the future", () =>
    journal({ purpose: prunePurpose(36), at: Temporal.Instant.from("2031-01-01T00:00:00Z") })],
  ["by an announcement that allows less", () => journal({ purpose: prunePurpose(36) })],
] as const) {
  test(`a prune that is forged ${claim} excuses nothing`, async () => {
    goTo("2022-01-15");
    const announcement = await announce();
    await sequenceEntries(kit.ctx);
    await forge(announcement);
    await takeJanuaryOut();
    await assert.rejects(check(), { code: "leaf-missing" });
  });
}

test("the server cannot prune what is not old enough, not announced, or not yet in the ledger", async () => {
  const prune = (id: string) => sql`select journal.prune(${id})`.execute(kit.ctx.db);
  goTo("2024-03-01");
  const early = { code: "55000" };
  await assert.rejects(prune(kit.ctx.newId()), early);
  const unsequenced = await journal({ purpose: prunePurpose(60) });
  await assert.rejects(prune(unsequenced), early);
  const wrong = [
    await journal(),
    await journal({ purpose: prunePurpose(36) }),
    await journal({ purpose: prunePurpose(60), at: Temporal.Now.instant().add({ hours: 24 }) }),
  ];
  await sequenceEntries(kit.ctx);
  for (const id of wrong) await assert.rejects(prune(id), early);
  const { rows } = await sql<{ due: boolean }>`select journal.is_prune_due('2100-01-01Z') as due`.execute(kit.ctx.db);
  assert.deepEqual(rows, [{ due: true }], "what is due by the database's own clock is due");
  await retainFor(1200);
  const { rows: later } = await sql<{ due: boolean }>`select journal.is_prune_due('2200-01-01Z') as due`.execute(kit.ctx.db);
  assert.deepEqual(later, [{ due: false }], "and nothing is because the server says that it is later");
});

test("a crash between any two steps leaves the journal whole, and the next time finishes", async () => {
  goTo("2024-03-01");
  const announcement = await journal({ purpose: prunePurpose(60) });
  assert.deepEqual(await check(), { flaws: [], pruned: undefined }, "it was announced, and is not in the ledger");
  await sequenceEntries(kit.ctx);
  assert.deepEqual(await check(), { flaws: [], pruned: undefined }, "it is in the ledger, and nothing was dropped");
  const dying = kit.ctx.db.transaction().execute(async (tx) => {
    await sql`select journal.prune(${announcement})`.execute(tx);
    throw new Error("killed");
  });
  await assert.rejects(dying, /killed/);
  assert.deepEqual(await check(), { flaws: [], pruned: undefined }, "a month was dropped, and not committed");
  await sql`select journal.prune(${announcement})`.execute(kit.ctx.db);
  assert.deepEqual(await check(), { flaws: [], pruned: { entries: perMonth, months: 60 } });
  const before = await entriesLeft();
  assert.equal(await pruneJournal(kit.ctx), perMonth);
  assert.deepEqual(await check(), { flaws: [], pruned: { entries: 2 * perMonth, months: 60 } });
  assert.equal(await entriesLeft(), before + 1 - perMonth, "announced anew: the first has served");
});

test("an announcement that nothing followed, since the server was killed, serves the next time", async () => {
  goTo("2024-03-01");
  await journal({ purpose: prunePurpose(60) });
  await pruneJournal(kit.ctx);
  assert.equal(await entriesLeft(), 2 * perMonth + 1);
});

test("servers that prune at once, while others write, drop each month once", async () => {
  goTo("2024-03-01");
  const [one, other] = await Promise.all([
    pruneJournal(kit.ctx),
    pruneJournal(kit.ctx),
    ...Array.from({ length: 50 }, () => journal()),
  ]);
  assert.equal((one as number) + (other as number), 2 * perMonth);
  while ((await sequenceEntries(kit.ctx)) > 0);
  assert.deepEqual(await check(), { flaws: [], pruned: { entries: 2 * perMonth, months: 60 } });
});

test("a prune gives up rather than wait for somebody who reads the journal, and everybody behind it", async () => {
  goTo("2024-03-01");
  await kit.ctx.db.transaction().execute(async (reader) => {
    await sql`select count(*) from journal.entry`.execute(reader);
    await assert.rejects(pruneJournal(kit.ctx), { code: "55P03" });
  });
  assert.equal((await check()).pruned, undefined);
  assert.equal(await pruneJournal(kit.ctx), 2 * perMonth);
});

test("an entry whose id was made in the last moment of a month, and its time in the next, goes with its month", async () => {
  goTo("2019-06-30", "23:59:59.999");
  const entryId = kit.ctx.newId();
  kit.advance({ seconds: 2 });
  await journal({ entryId });
  await sequenceEntries(kit.ctx);
  goTo("2024-07-01");
  assert.equal(await pruneJournal(kit.ctx), 4 * perMonth + 1);
  assert.deepEqual(await check(), { flaws: [], pruned: { entries: 4 * perMonth + 1, months: 60 } });
});

test("what opens a leaf goes only with what was pruned", async () => {
  goTo("2024-02-01");
  await pruneJournal(kit.ctx);
  await using owner = connect(kit.database.ownerAddress, { name: "owner", max: 1 });
  await assert.rejects(sql`delete from ledger.leaf where position = 700`.execute(owner.db), { code: "42501" });
  await assert.rejects(sql`update ledger.leaf set opening = sha256(opening)`.execute(owner.db), { code: "42501" });
  await assert.rejects(sql`truncate ledger.leaf`.execute(owner.db), { code: "42501" });
});
