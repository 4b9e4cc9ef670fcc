import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { createTestContext, type TestContext } from "../test-kit/context.ts";

/** What a tool sees that comes in by a login of its own, as docs/statistics.md says. */
let scene: TestContext;
let owner: pg.Client;
let tool: pg.Client;
before(async () => {
  scene = await createTestContext();
  const { ownerAddress } = scene.database;
  owner = new pg.Client(ownerAddress);
  await owner.connect();
  const login = `tool_${ownerAddress.database}`;
  await owner.query(`CREATE ROLE ${login} LOGIN PASSWORD 'of-the-tool' IN ROLE ubada_statistics`);
  await owner.query(facts);
  tool = new pg.Client({ ...ownerAddress, user: login, password: "of-the-tool" });
  await tool.connect();
});
after(async () => {
  await tool?.end();
  await owner?.query(`DROP ROLE tool_${scene.database.ownerAddress.database}`);
  await owner?.end();
  await scene[Symbol.asyncDispose]();
});

/** 13 people with 8.2, 4 of whom withdrew it; 7 who refused 8.8; 4 requests of 17, 6 of 16-1, and 9 of one person. */
const facts = `
  INSERT INTO consent.event (subject_id, event_id, at, purpose, kind)
    SELECT md5(n::text)::uuid, gen_random_uuid(), timestamptz '2026-05-03T10:00Z', '8.2', 'given' FROM generate_series(1, 13) n
    UNION ALL SELECT md5(n::text)::uuid, uuid 'ffffffff-ffff-7fff-bfff-ffffffffffff', '2026-05-04T10:00Z', '8.2', 'withdrawn' FROM generate_series(1, 4) n
    UNION ALL SELECT md5(n::text)::uuid, gen_random_uuid(), '2026-05-03T10:00Z', '8.8', 'refused' FROM generate_series(1, 7) n;
  INSERT INTO requests.request (subject_id, request_id, kind, clause, channel, language, received_at, due_on, state)
    SELECT md5(n::text)::uuid, gen_random_uuid(), kind, '17', 'cabinet', 'ru', timestamptz '2026-05-31T23:59Z', date '2026-06-30', 'staff'
      FROM (SELECT n, 'destruction' FROM generate_series(1, 4) n UNION ALL SELECT n, 'access' FROM generate_series(1, 6) n
        UNION ALL SELECT 1, 'question' FROM generate_series(1, 9)) AS r (n, kind);
  INSERT INTO journal.entry (entry_id, at, operation, purpose, basis, clause, categories, actor, outcome, reason, policy_version)
    SELECT gen_random_uuid(), timestamptz '2026-05-03T10:00:07Z', 'use', purpose, 'consent', '8', '{}', 'system', outcome,
        CASE outcome WHEN 'refused' THEN 'no-consent' END, '1'
      FROM (SELECT '8.2', 'done' FROM generate_series(1, 12) UNION ALL SELECT '8.5', 'refused' FROM generate_series(1, 4)) AS e (purpose, outcome)`;

const rows = async (statement: string): Promise<readonly unknown[]> =>
  (await tool.query({ text: statement, rowMode: "array" })).rows;

test("statistics are counts by month, at least five and rounded down to fives", async () => {
  assert.deepEqual(await rows("SELECT month::text, operation, purpose, outcome, entries FROM statistics.operations_by_month"), [
    ["2026-05-01", "use", "8.2", "done", "10"],
  ]);
  assert.deepEqual(await rows("SELECT purpose, state, people FROM statistics.consents_by_purpose ORDER BY 1"), [
    ["8.2", "given", "5"],
    ["8.8", "refused", "5"],
  ]);
});

test("requests are counted where at least five people made them, not five requests", async () => {
  assert.deepEqual(await rows("SELECT month::text, kind, state, requests FROM statistics.requests_by_month"), [
    ["2026-05-01", "access", "staff", "5"],
  ]);
});

test("no view has a column that could hold an identifier or an exact time", async () => {
  const { rows: columns } = await owner.query<{ name: string; type: string }>(`
    SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'statistics'::regnamespace AND a.attnum > 0`);
  assert.ok(columns.length >= 10);
  assert.deepEqual(columns.filter(({ name, type }) => /id$|number|_at$/.test(name) || !["date", "text", "bigint"].includes(type)), []);
});

test("what a view leaves out is not told by EXPLAIN, by a function of one's own, or by PostgreSQL's statistics", async () => {
  await owner.query("ANALYZE");
  const small = ["statistics.consents_by_purpose WHERE state = 'withdrawn'", "statistics.operations_by_month WHERE purpose = '8.5'"];
  for (const asked of small) {
    assert.deepEqual(await rows(`SELECT * FROM ${asked}`), []);
    const plan = (await rows(`EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF) SELECT * FROM ${asked}`)).join("\n");
    assert.match(plan, /Function Scan on statistics\.count_/);
    assert.doesNotMatch(plan, /consent\.event|journal\.entry/);
    assert.match(plan, /Rows Removed by Filter: [12]\b/, "only of the rows that the view shows to everybody");
  }
  const heard: string[] = [];
  tool.on("notice", ({ message }) => void heard.push(String(message)));
  await tool.query(`CREATE FUNCTION pg_temp.overhear(anything text) RETURNS boolean LANGUAGE plpgsql COST 0.0001
    AS $$ BEGIN RAISE NOTICE '%', anything; RETURN true; END $$`);
  await tool.query("SELECT * FROM statistics.operations_by_month WHERE pg_temp.overhear(purpose)");
  await tool.query("SELECT * FROM statistics.consents_by_purpose WHERE pg_temp.overhear(state)");
  assert.deepEqual(heard.toSorted(), ["8.2", "given", "refused"]);
  const schemas = "schemaname NOT IN ('pg_catalog', 'information_schema')";
  assert.deepEqual(await rows(`SELECT FROM pg_stats WHERE ${schemas}`), []);
  assert.deepEqual(await rows(`SELECT FROM pg_stats_ext WHERE ${schemas}`), []);
});
