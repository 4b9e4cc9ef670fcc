import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { readConnectionNote } from "../server/database/connection-note.ts";
import type { Measured } from "./start-measured.ts";

/** Connections to the measured server's database that may do everything, for floors and for filling tables. */
export async function openSuperuser(
  running: Measured,
  connections: number,
): Promise<{ readonly pool: pg.Pool } & AsyncDisposable> {
  const note = readConnectionNote(running.dataDirectory);
  const password = (await readFile(join(running.dataDirectory, "secrets", "postgres-superuser"), "utf8")).trim();
  const pool = new pg.Pool({ ...note, user: "postgres", password, max: connections });
  return { pool, [Symbol.asyncDispose]: () => pool.end() };
}
