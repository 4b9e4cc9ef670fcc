import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { createTestContext, type TestContext } from "../test-kit/context.ts";

/** Each role tries everything that there is, by plain SQL; what there is comes from the catalog, so a new table is tried too. */
let scene: TestContext;
let owner: pg.Client;
before(async () => {
  scene = await createTestContext();
  owner = new pg.Client(scene.database.ownerAddress);
  await owner.connect();
});
after(async () => {
  await owner?.end();
  await scene[Symbol.asyncDispose]();
});

const ourSchemas = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly column: string;
}

async function relations(): Promise<readonly Relation[]> {
  const { rows } = await owner.query<Relation>(`
    SELECT n.nspname AS schema, c.oid::regclass::text AS name, c.relkind AS kind, quote_ident((SELECT a.attname FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1)) AS column
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${ourSchemas}`);
  assert.ok(rows.length >= 40, `${rows.length} relations`);
  return rows;
}

/** "allowed", "denied" for want of a right, or what else PostgreSQL says. Nothing that the statement does stays. */
async function outcome(role: string, statement: string): Promise<string> {
  await owner.query("BEGIN");
  try {
    await owner.query(`SET LOCAL ROLE ${role}`);
    await owner.query(statement);
    return "allowed";
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return error.code === "42501" ? "denied" : `${error.code}: ${error.message}`;
  } finally {
    await owner.query("ROLLBACK");
  }
}

/** The statements that are not denied. */
async function notDenied(role: string, statements: readonly string[]): Promise<readonly string[]> {
  assert.ok(statements.length > 0);
  const open: string[] = [];
  for (const statement of statements) {
    const what = await outcome(role, statement);
    if (what !== "denied") open.push(`${statement} → ${what}`);
  }
  return open;
}

function everyUse({ name, kind, column }: Relation): readonly string[] {
  if (kind === "S") return [`SELECT * FROM ${name}`, `SELECT nextval('${name}')`, `SELECT setval('${name}', 1)`];
  const reads = [`SELECT FROM ${name}`, `SELECT ${column} FROM ${name} LIMIT 1`, `COPY (TABLE ${name}) TO STDOUT`];
  // Writing to a view of counts fails before anybody asks for rights.
  if (kind === "v") return [...reads, `CREATE OR REPLACE VIEW ${name} AS SELECT 1`, `DROP VIEW ${name}`];
  return [
    ...reads,
    `INSERT INTO ${name} DEFAULT VALUES`,
    `UPDATE ${name} SET ${column} = NULL`,
    `DELETE FROM ${name}`,
    `TRUNCATE ${name}`,
    `LOCK TABLE ${name}`,
    `ALTER TABLE ${name} ADD COLUMN x int`,
    `DROP TABLE ${name}`,
  ];
}

/** A call of each function with nothing but nulls; a trigger's function cannot be called by anybody. */
async function calls(except = "false"): Promise<readonly string[]> {
  const { rows } = await owner.query<{ call: string }>(`
    SELECT format('SELECT %I.%I(%s)', n.nspname, p.proname, (SELECT string_agg('NULL::' || format_type(t, NULL), ', ' ORDER BY place)
        FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, place))) AS call
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prorettype <> 'trigger'::regtype AND ${ourSchemas} AND NOT (${except})`);
  assert.ok(rows.length >= 10, `${rows.length} functions`);
  return rows.map(({ call }) => call);
}

/**
 * A function that runs with its owner's rights finds types and operators by search_path. PostgreSQL looks at pg_temp first
 * where it is not named, and there the caller may put a type of their own whose check then runs as the owner.
 */
test("no function with more rights than its caller looks at what the caller may put before it", async () => {
  const { rows } = await owner.query<{ name: string; path: string | null }>(`
    select p.oid::regprocedure::text as name,
      (select setting from unnest(p.proconfig) as setting where setting like 'search_path=%') as path
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`);
  assert.ok(rows.length >= 4);
  assert.deepEqual(rows.filter(({ path }) => path !== "search_path=pg_catalog, pg_temp"), []);
});

test("no role of ours can take on another's rights, but the owner those of the keys", async () => {
  const { rows } = await owner.query(`
    SELECT m.rolname AS member, r.rolname AS role FROM pg_roles m, pg_roles r
      WHERE m.rolname ~ '^ubada_' AND m.oid <> r.oid AND pg_has_role(m.oid, r.oid, 'MEMBER')
        AND r.rolname <> 'pg_database_owner'`);
  assert.deepEqual(rows, [{ member: "ubada_owner", role: "ubada_keys" }]);
  const { rows: strong } = await owner.query(
    "SELECT rolname FROM pg_roles WHERE rolname ~ '^ubada_' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)",
  );
  assert.deepEqual(strong, []);
});

test("the server's role cannot read a key, change it or get round the functions that give it", async () => {
  const { rows } = await owner.query<{ name: string }>(
    "SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = 'vault.subject_key'::regclass AND attnum > 0",
  );
  const columns = rows.map(({ name }) => name);
  const row = "VALUES (gen_random_uuid(), 1, decode(repeat('00', 60), 'hex'), now())";
  const tries = [
    "TABLE vault.subject_key",
    "COPY vault.subject_key TO STDOUT",
    ...columns.map((column) => `SELECT ${column} FROM vault.subject_key`),
    ...columns.map((column) => `INSERT INTO vault.subject_key ${row} RETURNING ${column}`),
    `INSERT INTO vault.subject_key ${row} ON CONFLICT (subject_id) DO UPDATE SET kek_epoch = 1`,
    "SELECT count(*) FROM vault.subject_key",
    "SELECT s FROM vault.subject s JOIN vault.subject_key USING (subject_id)",
    "UPDATE vault.subject_key SET kek_epoch = 1 RETURNING wrapped_key",
    "DELETE FROM vault.subject_key RETURNING wrapped_key",
    "CREATE INDEX peek ON vault.subject_key (wrapped_key)",
    "CREATE TRIGGER peek AFTER INSERT ON vault.subject_key EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE TABLE pg_temp.peek (LIKE vault.subject_key)",
    "CREATE VIEW vault.peek AS SELECT 1",
    "CREATE FUNCTION vault.peek() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION vault.holds_keys_up_to(integer) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "ALTER FUNCTION vault.open_subjects RESET ALL",
    "ALTER TABLE vault.subject_key OWNER TO ubada_app",
    "SET ROLE ubada_keys",
    "SET SESSION AUTHORIZATION ubada_owner",
  ];
  // As the server comes in, by its own password: whoever was a superuser before may take on any role.
  const app = new pg.Client(scene.database.appAddress);
  await app.connect();
  try {
    // Of whoever may insert PostgreSQL says only by a warning that they may not grant.
    await app.query("GRANT SELECT ON vault.subject_key TO ubada_app");
    for (const statement of tries) await assert.rejects(app.query(statement), { code: "42501" }, statement);
    const { rows: known } = await app.query("SELECT FROM pg_stats WHERE tablename = 'subject_key'");
    assert.deepEqual(known, []);
  } finally {
    await app.end();
  }
});

test("the functions that run as the owner of the keys are these three, and whoever adds one thinks twice", async () => {
  const { rows } = await owner.query<{ name: string }>(`
    SELECT p.oid::regproc::text AS name FROM pg_proc p WHERE p.prosecdef AND pg_get_userbyid(p.proowner) = 'ubada_keys' ORDER BY name`);
  assert.deepEqual(
    rows.map(({ name }) => name),
    ["vault.destroy_key", "vault.holds_keys_up_to", "vault.open_subjects"],
  );
});

test("the role for visits can do nothing in any table, with any function, in any schema", async () => {
  const all = await relations();
  assert.deepEqual(await notDenied("ubada_visits", all.flatMap(everyUse)), []);
  assert.deepEqual(await notDenied("ubada_visits", await calls()), []);
  assert.deepEqual(await notDenied("ubada_visits", await newThings()), []);
});

test("the role for statistics can read its views, and do nothing else in any table, with any function, in any schema", async () => {
  const all = await relations();
  const views = all.filter(({ schema, kind }) => schema === "statistics" && kind === "v");
  assert.equal(views.length, 3);
  for (const { name } of views) assert.equal(await outcome("ubada_statistics", `TABLE ${name}`), "allowed");
  const reads = new Set(views.flatMap((view) => everyUse(view).filter((use) => /^(SELECT|COPY)/.test(use))));
  const uses = all.flatMap(everyUse).filter((use) => !reads.has(use));
  assert.deepEqual(await notDenied("ubada_statistics", uses), []);
  assert.deepEqual(await notDenied("ubada_statistics", await calls("n.nspname = 'statistics'")), []);
  assert.deepEqual(await notDenied("ubada_statistics", await newThings()), []);
});

/** Something of one's own in each schema. */
async function newThings(): Promise<readonly string[]> {
  const { rows } = await owner.query<{ schema: string }>(`SELECT quote_ident(nspname) AS schema FROM pg_namespace n WHERE ${ourSchemas}`);
  return ["CREATE SCHEMA mine", ...rows.map(({ schema }) => `CREATE TABLE ${schema}.mine ()`)];
}
