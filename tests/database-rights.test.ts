import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { createTestContext, type TestContext } from "../test-kit/context.ts";

let scene: TestContext;
before(async () => {
  scene = await createTestContext();
});
after(() => scene[Symbol.asyncDispose]());

/**
 * A function that runs with its owner's rights finds types and operators by search_path. PostgreSQL looks at pg_temp first
 * where it is not named, and there the caller may put a type of their own whose check then runs as the owner.
 */
test("no function with more rights than its caller looks at what the caller may put before it", async () => {
  const { rows } = await sql<{ name: string; path: string | null }>`
    select p.oid::regprocedure::text as name,
      (select setting from unnest(p.proconfig) as setting where setting like 'search_path=%') as path
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`.execute(scene.ctx.db);
  assert.ok(rows.length >= 4);
  assert.deepEqual(rows.filter(({ path }) => path !== "search_path=pg_catalog, pg_temp"), []);
});
