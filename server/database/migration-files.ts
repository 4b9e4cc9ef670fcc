import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { MigrationError } from "./migration-error.ts";

export interface Migration {
  /** 1, 2, 3, … without a gap. */
  readonly number: number;
  /** The file, for example "001-vault.sql". */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hex. */
  readonly checksum: string;
}

/**
 * Reads the files NNN-name.sql of a directory, in the order of their numbers.
 *
 * @throws MigrationError "migration-name", "migration-gap"
 */
export async function readMigrations(directory: URL): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sql"));
  const migrations = await Promise.all(names.map((name) => readMigration(directory, name)));
  const inOrder = migrations.toSorted((a, b) => a.number - b.number);
  for (const [index, { number, name }] of inOrder.entries()) {
    if (number === index + 1) continue;
    const rule = "number the files 001, 002, … without a gap or a double";
    throw new MigrationError("migration-gap", `The migration ${name} breaks the numbering: ${rule}.`);
  }
  return inOrder;
}

async function readMigration(directory: URL, name: string): Promise<Migration> {
  const number = /^(\d{3})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
  if (number === undefined) {
    const sentence = `The migration ${name} is not named like 001-what-it-does.sql: rename it.`;
    throw new MigrationError("migration-name", sentence);
  }
  const sql = await readFile(new URL(name, directory), "utf8");
  return { number: Number(number), name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}
