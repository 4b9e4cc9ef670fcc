import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { createDatabase } from "../../test-kit/cluster.ts";
import { createTestDatabase, type TestDatabase } from "../../test-kit/postgres.ts";
import { describeSchema } from "./describe-schema.ts";

let database: TestDatabase;
let client: pg.Client;
before(async () => {
  database = await createTestDatabase();
  client = await open(database.ownerAddress);
});
after(async () => {
  await client.end();
  await database[Symbol.asyncDispose]();
});

async function open(address: TestDatabase["ownerAddress"]): Promise<pg.Client> {
  const opened = new pg.Client(address);
  await opened.connect();
  return opened;
}

/** One of each kind of thing that a migration may make. */
const everyKind = `
  SET ROLE ubada_owner;
  CREATE SCHEMA fruit;
  CREATE TYPE fruit.colour AS ENUM ('red', 'green');
  CREATE DOMAIN fruit.weight AS numeric(6, 2) DEFAULT 1 NOT NULL CONSTRAINT positive CHECK (VALUE > 0);
  CREATE TABLE fruit.tree (tree_id uuid PRIMARY KEY, "Name" text NOT NULL DEFAULT 'it''s' COLLATE "C");
  CREATE TABLE fruit.apple (
    tree_id uuid NOT NULL REFERENCES fruit.tree ON DELETE CASCADE,
    number bigint GENERATED ALWAYS AS IDENTITY,
    colour fruit.colour,
    grams integer CHECK (grams > 0),
    kilos numeric GENERATED ALWAYS AS (grams / 1000.0) STORED,
    UNIQUE (tree_id, number)
  );
  CREATE TABLE fruit.harvest (year integer PRIMARY KEY, grams bigint NOT NULL) PARTITION BY RANGE (year);
  CREATE INDEX harvest_grams ON fruit.harvest (grams);
  CREATE TABLE fruit.harvest_2026 PARTITION OF fruit.harvest FOR VALUES FROM (2026) TO (2027);
  COMMENT ON TABLE fruit.apple IS 'It''s an apple';
  COMMENT ON COLUMN fruit.apple.grams IS 'As weighed';
  CREATE INDEX heavy ON fruit.apple (grams DESC) WHERE grams > 200;
  GRANT SELECT, INSERT, UPDATE (colour, grams) ON fruit.apple TO ubada_app;
  ALTER TABLE fruit.apple ENABLE ROW LEVEL SECURITY;
  CREATE POLICY red_only ON fruit.apple FOR SELECT TO ubada_app USING (colour = 'red');
  CREATE VIEW fruit.heavy_apple WITH (security_barrier = true) AS SELECT * FROM fruit.apple WHERE grams > 200;
  COMMENT ON VIEW fruit.heavy_apple IS 'Heavy';
  GRANT SELECT ON fruit.heavy_apple TO ubada_app;
  CREATE FUNCTION fruit.weigh(a fruit.apple) RETURNS integer LANGUAGE sql AS 'SELECT a.grams';
  COMMENT ON FUNCTION fruit.weigh IS 'Weighs';
  CREATE FUNCTION fruit.keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
  REVOKE ALL ON FUNCTION fruit.keep FROM PUBLIC;
  CREATE TRIGGER keep BEFORE DELETE ON fruit.apple FOR EACH ROW EXECUTE FUNCTION fruit.keep();
  RESET ROLE;
  ALTER TABLE fruit.tree OWNER TO ubada_keys`;

test("what is written, run on an empty database, makes the same schema again", async () => {
  await client.query(`GRANT CREATE ON DATABASE ${database.ownerAddress.database} TO ubada_owner`);
  await client.query(everyKind);
  const written = await describeSchema(client);
  for (const kind of ["TYPE", "DOMAIN", "INDEX", "POLICY", "VIEW", "TRIGGER", "TO ubada_keys", "IDENTITY", "PARTITION BY"]) {
    assert.match(written, new RegExp(kind), kind);
  }
  const address = await createDatabase(database.ownerAddress, `${database.ownerAddress.database}_again`);
  const again = await open(address);
  try {
    await again.query(`GRANT CREATE ON DATABASE ${address.database} TO ubada_owner`);
    await again.query("GRANT CREATE, USAGE ON SCHEMA public TO ubada_owner");
    const [objects = "", owners = ""] = written.split(/(?=^-- What belongs to another role)/m);
    await again.query("SET ROLE ubada_owner");
    await again.query(objects);
    await again.query("RESET ROLE");
    await again.query(owners);
    assert.equal(await describeSchema(again), written);
  } finally {
    await again.end();
    await client.query(`DROP DATABASE ${address.database}`);
  }
});

test("no word of the queue's own schema is written", async () => {
  const { rows } = await client.query("SELECT FROM pg_namespace WHERE nspname = 'pgboss'");
  assert.equal(rows.length, 1);
  assert.doesNotMatch((await describeSchema(client)).replaceAll(/^--.*$/gm, ""), /pgboss/);
});

for (const [kind, make, undo] of [
  ["a sequence of its own", "CREATE SEQUENCE public.s", "DROP SEQUENCE public.s"],
  ["a materialized view", "CREATE MATERIALIZED VIEW public.m AS SELECT 1", "DROP MATERIALIZED VIEW public.m"],
  ["rights to a part", "GRANT SELECT ON journal.entry_other TO ubada_app", "REVOKE ALL ON journal.entry_other FROM ubada_app"],
  ["an inherited table", "CREATE TABLE public.i () INHERITS (vault.lookup)", "DROP TABLE public.i"],
  ["default privileges", "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ubada_app",
    "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM ubada_app"],
  ["a composite type", "CREATE TYPE public.c AS (a int)", "DROP TYPE public.c"],
] as const) {
  test(`not left out in silence, the dump refuses until it can show it: ${kind}`, async () => {
    await client.query(make);
    await assert.rejects(describeSchema(client), { code: "schema-not-describable" });
    await client.query(undo);
  });
}
