import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseAddress } from "./address.ts";
import { findClusterPlace, type ClusterPlace } from "./cluster-place.ts";
import { constantSettings, SOCKET_PORT } from "./cluster-settings.ts";
import { createCluster } from "./create-cluster.ts";
import { lockData } from "./data-lock.ts";
import { DatabaseUnusable, explainSystemError } from "./database-unusable.ts";
import { launchPostmaster } from "./launch-postmaster.ts";
import { stopOrphanPostmaster } from "./orphan-postmaster.ts";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import { makeSocketDirectory } from "./socket-directory.ts";
import { superuserPassword } from "./superuser-password.ts";

const SUPERUSER = "postgres";

export interface EmbeddedPostgres extends AsyncDisposable {
  /** The superuser, in the database "postgres". */
  readonly address: DatabaseAddress;
  /** The folder that really holds the data (`cluster/`), the server's log and the lock. */
  readonly directory: string;
  /** As PostgreSQL says it, for example "18.4". */
  readonly version: string;
  /** Settles when the server has ended: "stopped" by disposing, or "lost" (killed, out of memory). */
  readonly ended: Promise<"stopped" | "lost">;
}

export interface EmbeddedPostgresOptions {
  /** For example <UBADA_DATA>/postgres; made if missing. */
  readonly directory: string;
  /** Holds the superuser's password; made (0700) if missing. */
  readonly secretsDirectory: string;
  /** false: a power cut may destroy the database (kill -9 may not). For tests only; true unless given. */
  readonly durable?: boolean;
  /** Takes the few lines that the operator should see. */
  readonly tell: (line: string) => void;
}

/**
 * Starts PostgreSQL from the npm package on the data in `directory`, making the data if there is none, and
 * returns when it takes connections on its Unix socket. Whatever was killed before, in whatever step, is put
 * right first. Disposing stops it and waits until no process is left.
 *
 * @throws DataLocked ("data-in-use"), DatabaseUnusable (any DatabaseTrouble but "database-url-invalid")
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    throw explainSystemError(error, options.directory);
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { directory, secretsDirectory, durable = true, tell } = options;
  await using resources = new AsyncDisposableStack();
  const place = await findClusterPlace(directory, tell);
  resources.use(lockData(place.folder));
  const binaries = await findPostgresBinaries(place.runAs);
  const password = await superuserPassword(secretsDirectory, place.clusterExists);
  if (place.clusterExists) {
    await requireSameMajor(place, binaries);
    await stopOrphanPostmaster(place.cluster, tell);
  } else {
    await createCluster(place, binaries, { superuser: SUPERUSER, password, durable });
  }
  const socket = resources.use(await makeSocketDirectory(place.cluster, place.runAs));
  const settings = constantSettings(socket.path, durable);
  const postmaster = resources.use(await launchPostmaster(place, binaries.postgres, settings, tell));
  const kept = resources.move();
  return {
    address: { host: socket.path, port: SOCKET_PORT, user: SUPERUSER, password, database: "postgres" },
    directory: place.folder,
    version: binaries.version,
    ended: postmaster.ended,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function requireSameMajor(place: ClusterPlace, binaries: PostgresBinaries): Promise<void> {
  const major = (await readFile(join(place.cluster, "PG_VERSION"), "utf8")).trim();
  if (major === String(binaries.major)) return;
  throw new DatabaseUnusable(
    "database-version",
    `The database in ${place.folder} was made by PostgreSQL ${major}, ` +
      `and this Ubada brings PostgreSQL ${binaries.major}: ` +
      `start the Ubada that made it, take a backup there, and restore it here.`,
  );
}
