import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { sql } from "kysely";
import { startEmptyCluster } from "../../test-kit/cluster.ts";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { keepMonthsSince } from "../../test-kit/journal-months.ts";
import { connect } from "../database/connect.ts";
import { migrate } from "../database/migrate.ts";
import { makeMonths } from "./make-months.ts";

let kit: TestContext;
before(async () => {
  kit = await createTestContext();
  await keepMonthsSince(kit.database.ownerAddress, Temporal.Now.instant().subtract({ hours: 24 * 70 }));
});
after(() => kit[Symbol.asyncDispose]());

const owner = () => connect(kit.database.ownerAddress, { name: "owner", max: 1 });

/** The tables of the journal, as the catalog has them. */
async function parts(): Promise<readonly string[]> {
  const { rows } = await sql<{ part: string }>`
    select inhrelid::regclass::text as part from pg_inherits where inhparent = 'journal.entry'::regclass order by part`
    .execute(kit.ctx.db);
  return rows.map(({ part }) => part);
}

const insert = (id: string) => sql`
  insert into journal.entry (entry_id, at, operation, purpose, basis, clause, categories, actor, outcome, policy_version)
    values (${id}, now(), 'storage', '17', 'duty', '17', '{}', 'system', 'done', '1') returning tableoid::regclass::text as part`;

async function partOf(id: string): Promise<string> {
  const { rows } = await insert(id).execute(kit.ctx.db);
  return (rows[0] as { part: string }).part;
}

/** The id of a moment, to the millisecond. */
function idAt(moment: string, rest = "7000-8000-000000000000"): string {
  const digits = Temporal.Instant.from(moment).epochMilliseconds.toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8)}-${rest}`;
}

test("the tables of this month and the next three are made once, by however many servers", async () => {
  const month = Temporal.Now.zonedDateTimeISO("UTC").toPlainDate().with({ day: 1 });
  const wanted = [0, 1, 2, 3].map((later) => `journal.entry_${month.add({ months: later }).toString().slice(0, 7).replace("-", "_")}`);
  await Promise.all(Array.from({ length: 6 }, () => makeMonths(kit.ctx.db)));
  const made = await parts();
  assert.deepEqual(wanted.filter((name) => !made.includes(name)), []);
  await makeMonths(kit.ctx.db);
  assert.deepEqual(await parts(), made);
});

test("an entry lies in the month of its id, by UTC, and one without a month is kept all the same", async () => {
  const month = Temporal.Now.zonedDateTimeISO("UTC").startOfDay().with({ day: 1 });
  const name = (date: Temporal.ZonedDateTime) => `journal.entry_${date.toPlainDate().toString().slice(0, 7).replace("-", "_")}`;
  const first = month.toInstant();
  assert.equal(await partOf(idAt(first.toString(), "7000-8000-000000000001")), name(month));
  assert.equal(
    await partOf(idAt(first.subtract({ milliseconds: 1 }).toString(), "7fff-bfff-ffffffffffff")),
    name(month.subtract({ months: 1 })),
  );
  assert.equal(await partOf(idAt("2203-01-01T00:00:00Z")), "journal.entry_other");
  assert.equal(await partOf("ffffffff-ffff-7fff-bfff-ffffffffffff"), "journal.entry_other");
});

test("an entry is there once, whichever month it lies in", async () => {
  const id = kit.ctx.newId();
  await insert(id).execute(kit.ctx.db);
  await assert.rejects(insert(id).execute(kit.ctx.db), { code: "23505" });
});

test("nobody changes or removes entries by addressing the table of one month, not even the owner", async () => {
  await using connection = owner();
  const tables = await parts();
  assert.ok(tables.length >= 6);
  for (const table of ["journal.entry", "journal.pruned", ...tables]) {
    for (const statement of [`update ${table} set`, `delete from ${table}`, `truncate ${table}`]) {
      const column = table === "journal.pruned" ? "entries = 0" : "purpose = '8.2'";
      const change = statement.endsWith(" set") ? `${statement} ${column}` : statement;
      await assert.rejects(sql.raw(change).execute(connection.db), { code: "42501" }, change);
    }
  }
});

test("the server's role reaches entries through the whole journal alone", async () => {
  for (const table of await parts()) {
    for (const statement of [`select 1 from ${table}`, `insert into ${table} default values`, `delete from ${table}`]) {
      await assert.rejects(sql.raw(statement).execute(kit.ctx.db), { code: "42501" }, statement);
    }
    await assert.rejects(sql.raw(`drop table ${table}`).execute(kit.ctx.db), { code: "42501" });
    await assert.rejects(sql.raw(`alter table journal.entry detach partition ${table}`).execute(kit.ctx.db), { code: "42501" });
  }
  await assert.rejects(sql`select journal.make_month(now())`.execute(kit.ctx.db), { code: "42501" });
  await assert.rejects(sql`update journal.retention set months = 36`.execute(kit.ctx.db), { code: "42501" });
});

test("every month has the columns, indexes and checks of the journal", async () => {
  const { rows } = await sql<{ part: string; shape: readonly string[] }>`
    select c.oid::regclass::text as part, array(
      select regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX .* USING', '') from pg_index i
        where i.indrelid = c.oid and i.indisvalid and (c.relkind = 'p' or exists (select from pg_inherits where inhrelid = i.indexrelid))
      union all select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
      union all select format('%s %s', a.attname, format_type(a.atttypid, a.atttypmod)) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      order by 1) as shape
      from pg_class c where c.oid = 'journal.entry'::regclass
        or c.oid in (select inhrelid from pg_inherits where inhparent = 'journal.entry'::regclass)`.execute(kit.ctx.db);
  const shape = rows.find(({ part }) => part === "journal.entry")?.shape ?? [];
  assert.ok(rows.length >= 7 && shape.length >= 19);
  for (const part of rows) assert.deepEqual(part.shape, shape, part.part);
});

test("a journal that was kept in one table keeps every entry when it is put into months, also one of the future", async () => {
  const migrations = new URL("../database/migrations/", import.meta.url);
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  await using resources = new AsyncDisposableStack();
  resources.defer(() => rm(folder, { recursive: true }));
  const names = (await readdir(migrations)).filter((name) => name < "008");
  for (const name of names) await cp(new URL(name, migrations), join(folder, name));
  const cluster = resources.use(await startEmptyCluster());
  await migrate(cluster.address, { appPassword: "throw-away", directory: pathToFileURL(`${folder}/`) });
  const connection = resources.use(connect(cluster.address, { name: "owner", max: 1 }));
  const future = Temporal.Now.instant().add({ hours: 24 * 400 }).toString();
  const ids = [idAt("2026-01-31T23:59:59.999Z"), idAt(Temporal.Now.instant().toString()), idAt(future)];
  for (const id of ids) await insert(id).execute(connection.db);
  await migrate(cluster.address, { appPassword: "throw-away" });
  const { rows } = await sql<{ id: string; part: string }>`
    select entry_id as id, tableoid::regclass::text as part from journal.entry order by entry_id`.execute(connection.db);
  assert.deepEqual(rows, ids.map((id) => ({ id, part: "journal.entry_first" })));
});
