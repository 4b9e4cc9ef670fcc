import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kysely } from "kysely";
import type { DatabaseAddress } from "../server/database/address.ts";
import { connect } from "../server/database/connect.ts";
import { startEmbeddedPostgres } from "../server/database/embedded-postgres.ts";
import { migrate } from "../server/database/migrate.ts";
import type { Database } from "../server/database/schema-types.ts";

export interface OwnPostgres extends AsyncDisposable {
  /** As the owner of a database that the migrations have just made. */
  readonly db: Kysely<Database>;
  readonly secretsDirectory: string;
  readonly address: DatabaseAddress;
}

/** A durable PostgreSQL for one measurement, without a server on it; gone with all its files when disposed of. */
export async function startOwnPostgres(connections: number): Promise<OwnPostgres> {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "ubada-bench-"));
  // PostgreSQL's own user must reach its folder when root measures; its files would lie elsewhere, and stay.
  await chmod(folder, 0o711);
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  const secretsDirectory = join(folder, "secrets");
  const directory = join(folder, "postgres");
  const postgres = resources.use(await startEmbeddedPostgres({ directory, secretsDirectory, tell: () => {} }));
  await migrate(postgres.address, { appPassword: randomBytes(16).toString("hex") });
  const { db } = resources.use(connect(postgres.address, { name: "bench", max: connections }));
  const kept = resources.move();
  return { db, secretsDirectory, address: postgres.address, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
