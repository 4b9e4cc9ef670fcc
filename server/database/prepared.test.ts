import assert from "node:assert/strict";
import { test } from "node:test";
import { CompiledQuery, sql } from "kysely";
import { createTestDatabase } from "../../test-kit/postgres.ts";
import { connect } from "./connect.ts";
import { prepared } from "./prepared.ts";

const statement = prepared("double", "select $1::integer * 2 as doubled");

test("a marked statement is prepared once for each connection, and answers like any other", async () => {
  await using database = await createTestDatabase();
  await using connection = connect(database.appAddress, { name: "test", max: 1 });
  const { db } = connection;
  for (const number of [1, 2, 3]) {
    const { rows } = await db.executeQuery(CompiledQuery.raw(statement, [number]));
    assert.deepEqual(rows, [{ doubled: number * 2 }]);
  }
  assert.deepEqual((await sql`select 1 as one`.execute(db)).rows, [{ one: 1 }]);
  const held = await sql`select name, from_sql, generic_plans + custom_plans as runs from pg_prepared_statements`.execute(db);
  assert.deepEqual(held.rows, [{ name: "double", from_sql: false, runs: "3" }]);
});

test("a marked statement that fails says why, and works again after", async () => {
  await using database = await createTestDatabase();
  await using connection = connect(database.appAddress, { name: "test", max: 1 });
  const run = (text: string) => connection.db.executeQuery(CompiledQuery.raw(statement, [text]));
  await assert.rejects(run("two"), { code: "22P02" });
  assert.deepEqual((await run("2")).rows, [{ doubled: 4 }]);
});
