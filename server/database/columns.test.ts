import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../test-kit/postgres.ts";
import { arrayText, type CellType, columnOf } from "./columns.ts";

let database: TestDatabase;
let client: pg.Client;
before(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.appAddress);
  await client.connect();
});
after(async () => {
  await client?.end();
  await database?.[Symbol.asyncDispose]();
});

async function roundTrip(type: CellType, cells: readonly unknown[]): Promise<unknown[]> {
  const query = `select cell from unnest($1::${type}[]) with ordinality as sent (cell, place) order by place`;
  const { rows } = await client.query<{ cell: unknown }>(query, [columnOf(type, cells)]);
  return rows.map(({ cell }) => cell);
}

const uuid = "01890a5d-ac96-774b-bcce-b302099a8057";

for (const [type, cells] of [
  ["uuid", [uuid, uuid]],
  ["integer", [0, -1, 2_147_483_647]],
  ["bigint", ["0", "9223372036854775807"]],
  ["boolean", [true, false]],
] as const) {
  test(`a column of ${type} comes to PostgreSQL as it was sent`, async () => {
    assert.deepEqual(await roundTrip(type, cells), cells);
    assert.deepEqual(await roundTrip(type, []), []);
  });
}

test("a moment comes to PostgreSQL as it was sent, to the microsecond", async () => {
  const at = Temporal.Instant.from("2026-11-24T10:00:00.123456Z");
  const { rows } = await client.query<{ same: boolean }>(
    "select sent = '2026-11-24 10:00:00.123456+00'::timestamptz as same from unnest($1::timestamptz[]) as sent",
    [columnOf("timestamptz", [at.toString()])],
  );
  assert.deepEqual(rows, [{ same: true }]);
});

test("whatever text is sent comes to PostgreSQL as it was, the word null and the empty text too", async () => {
  const strange = fc.constantFrom("", "null", "NULL", "NuLl", '"', "\\", ",", "{}", "a b", " a", "\n", "Кеңеш суроо", "8.2");
  // PostgreSQL keeps no NUL, and no half of a surrogate pair is text.
  const text = fc.string({ unit: "grapheme" }).map((drawn) => drawn.replaceAll("\0", ""));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(strange, text)), async (texts) => {
      assert.deepEqual(await roundTrip("text", texts), texts);
    }),
  );
});

test("whatever bytes are sent come to PostgreSQL as they were", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), async (arrays) => {
      const sent = arrays.map((bytes) => Buffer.from(bytes));
      assert.deepEqual(await roundTrip("bytea", sent), sent);
    }),
  );
});

test("an array in a cell is read as the array it was", async () => {
  const arrays = [["8.2", "8.4"], [], ["a b", 'say "hi", twice', "\\"]];
  const { rows } = await client.query<{ cell: string[] }>("select cell::text[] from unnest($1::text[]) as cell", [
    columnOf("text", arrays.map(arrayText)),
  ]);
  assert.deepEqual(rows.map(({ cell }) => cell), arrays);
});
