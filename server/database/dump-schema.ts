import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describeSchema } from "./describe-schema.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { migrate } from "./migrate.ts";

// `npm run schema` writes schema.sql; with `--check` it fails when the file is not what the migrations make.
const file = new URL("schema.sql", import.meta.url);

async function readSchema(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ubada-schema-"));
  await using resources = new AsyncDisposableStack();
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({
    directory: join(folder, "postgres"),
    secretsDirectory: join(folder, "secrets"),
    durable: false,
    tell: () => {},
  });
  resources.defer(() => rm(postgres.directory, { recursive: true, force: true }));
  resources.use(postgres);
  await migrate(postgres.address, { appPassword: "throw-away" });
  const client = new pg.Client(postgres.address);
  await client.connect();
  resources.defer(() => client.end());
  return await describeSchema(client);
}

const schema = await readSchema();
if (!process.argv.includes("--check")) {
  await writeFile(file, schema);
} else if (schema !== (await readFile(file, "utf8").catch(() => undefined))) {
  const sentence = "server/database/schema.sql is not what the migrations make: run `npm run schema` and look at it.";
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
