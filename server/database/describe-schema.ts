import type pg from "pg";
import { partsAfter, partsBefore, tableParts, unknownThings, type CatalogPart } from "./schema-catalog.ts";

interface Statement {
  readonly object: string;
  readonly text: string;
}

/** Something in the database that `schema.sql` could not show. */
export class SchemaNotDescribable extends Error {
  readonly code = "schema-not-describable";
}

const heading = `-- What the migrations make, read back from PostgreSQL's catalogs so that a review shows it.
-- Written by \`npm run schema\`; do not edit. Objects belong to ubada_owner unless the last part says so.
-- The schema pgboss is left out: the pg-boss package makes it. So are the parts of partitioned tables: they come and go
-- with time, and nobody but the owner has rights to them.
SET check_function_bodies = off;
`;

/**
 * Writes the schemas of the database that `client` is connected to as SQL, in an order that depends on
 * nothing but the schema. Run on an empty database by a superuser who took on ubada_owner, it makes the same
 * again.
 *
 * @throws SchemaNotDescribable when there is a kind of thing that it does not know
 */
export async function describeSchema(client: pg.Client): Promise<string> {
  await client.query("SET search_path = pg_catalog");
  const { rows } = await client.query<{ thing: string }>(unknownThings);
  if (rows.length > 0) {
    const things = rows.map(({ thing }) => thing).join(", ");
    const sentence = `schema.sql cannot show ${things}: teach server/database/schema-catalog.ts to write it.`;
    throw new SchemaNotDescribable(sentence);
  }
  const before = await describeParts(client, partsBefore);
  const tables = await describeTables(client);
  const after = await describeParts(client, partsAfter);
  return [heading, ...before, ...tables, ...after].join("\n");
}

async function describeParts(client: pg.Client, parts: readonly CatalogPart[]): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { title, sql } of parts) {
    const { rows } = await client.query<Statement>(sql);
    const texts = rows.map(({ text }) => text);
    // A blank line after each statement of several lines.
    const apart = texts.map((text) => (text.includes("\n") ? `${text}\n` : text));
    if (texts.length > 0) written.push(`-- ${title}\n${apart.join("\n").trimEnd()}\n`);
  }
  return written;
}

/** Everything about one table stands together. */
async function describeTables(client: pg.Client): Promise<readonly string[]> {
  const byTable = new Map<string, string[]>();
  for (const { sql } of tableParts) {
    const { rows } = await client.query<Statement>(sql);
    for (const { object, text } of rows) byTable.set(object, [...(byTable.get(object) ?? []), text]);
  }
  const names = [...byTable.keys()].toSorted();
  return names.map((name) => `-- ${name}\n${(byTable.get(name) ?? []).join("\n")}\n`);
}
