import { type Kysely, sql } from "kysely";
import type { Database } from "../database/schema-types.ts";
import type { Finding } from "./finding.ts";

const durableSettings = { fsync: "on", full_page_writes: "on", synchronous_commit: "on" } as const;

/** The database must be new enough, durable, checksummed, and closed to the server's own role where keys lie. */
export async function checkDatabase(db: Kysely<Database>): Promise<readonly Finding[]> {
  return [await checkVersion(db), ...(await checkSettings(db)), await checkKeysClosed(db), await checkRole(db)];
}

async function setting(db: Kysely<Database>, name: string): Promise<string> {
  const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db);
  return rows[0]?.value ?? "";
}

async function checkVersion(db: Kysely<Database>): Promise<Finding> {
  const version = Number(await setting(db, "server_version_num"));
  const shown = await setting(db, "server_version");
  return version >= 150_000
    ? { level: "good", sentence: `PostgreSQL ${shown} answers.` }
    : { level: "bad", sentence: `PostgreSQL ${shown} is too old; Ubada needs 15 or later.` };
}

async function checkSettings(db: Kysely<Database>): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, wanted] of Object.entries(durableSettings)) {
    const found = await setting(db, name);
    if (found === wanted || (name === "synchronous_commit" && found.startsWith("remote"))) continue;
    findings.push({
      level: "bad",
      sentence: `PostgreSQL runs with ${name}=${found}: what people were told is kept could be lost. Set it to ${wanted}.`,
    });
  }
  if (findings.length === 0) findings.push({ level: "good", sentence: "What is acknowledged to a person is on disk." });
  if ((await setting(db, "data_checksums")) !== "on") {
    findings.push({ level: "warning", sentence: "Data checksums are off: a failing disk would not be noticed." });
  }
  return findings;
}

async function checkKeysClosed(db: Kysely<Database>): Promise<Finding> {
  try {
    await sql`select wrapped_key from vault.subject_key limit 1`.execute(db);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "42501") {
      return { level: "good", sentence: "The server's database role cannot read keys except through the journal." };
    }
    throw error;
  }
  return { level: "bad", sentence: "The server's database role can read keys past the journal; take its rights away." };
}

async function checkRole(db: Kysely<Database>): Promise<Finding> {
  const { rows } = await sql<{ rolsuper: boolean }>`
    select rolsuper from pg_roles where rolname = current_user`.execute(db);
  return rows[0]?.rolsuper === false
    ? { level: "good", sentence: "The server does not run as a superuser of the database." }
    : { level: "bad", sentence: "The server runs as a superuser of the database; nothing then guards the keys." };
}
