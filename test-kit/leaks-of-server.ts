import { sql } from "kysely";
import type { Connection } from "../server/database/connect.ts";
import { findLeaks, type Leak, listFiles, MarkFinder, type Marks } from "./marks.ts";
import type { RunningServer } from "./running-server.ts";

/** What was searched, so that a test can show that it was not nothing. */
export interface Search {
  readonly leaks: readonly Leak[];
  readonly files: readonly string[];
  readonly tables: readonly string[];
}

/**
 * Looks for marks in every place where a running server could have left them: the files of the database, its
 * write-ahead log and its own log, the data folder, each row of each table (PostgreSQL may have compressed it
 * in the file), and all that the server has written to the terminal. `addresses`: what a browser asked for.
 */
export async function searchServer(
  server: RunningServer,
  marks: Marks,
  addresses: readonly string[] = [],
): Promise<Search> {
  await using database = await server.openDatabase();
  // What is still in memory only goes to its file.
  await sql`checkpoint`.execute(database.db);
  const folders = [server.dataDirectory, await server.databaseDirectory()];
  const finder = new MarkFinder(marks);
  const tables = await readTables(database);
  return {
    leaks: [
      ...(await findLeaks(folders, marks)),
      ...[...tables].flatMap(([name, rows]) => finder.find(`the table ${name}`, rows)),
      ...finder.find("the output of the server", server.output()),
      ...finder.find("the addresses that were asked for", addresses.join("\n")),
    ],
    files: await listFiles(folders),
    tables: [...tables.keys()],
  };
}

/** Every row of every table, the database's own left out, as PostgreSQL writes it. */
async function readTables({ db }: Connection): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ schema: string; name: string }>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
  const tables = new Map<string, string>();
  for (const { schema, name } of found.rows) {
    const query = sql<{ line: string }>`select t::text as line from ${sql.table(`${schema}.${name}`)} t`;
    const { rows } = await query.execute(db);
    tables.set(`${schema}.${name}`, rows.map(({ line }) => line).join("\n"));
  }
  return tables;
}
