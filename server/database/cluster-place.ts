import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, realpath, stat, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { DatabaseUnusable } from "./database-unusable.ts";
import type { ServiceUser } from "./run-program.ts";
import { canEnter, findServiceUser, isRoot } from "./service-user.ts";

/** Where root puts what the service user must reach when the clone or its data lies behind a closed door. */
export const ROOTS_PLACE = "/var/lib/ubada";

/** The folder that holds one cluster (`cluster/`), its log and its lock; owned by whoever runs Ubada. */
export interface ClusterPlace {
  readonly folder: string;
  readonly cluster: string;
  readonly clusterExists: boolean;
  /** Who PostgreSQL runs as; undefined: as ourselves. */
  readonly runAs: ServiceUser | undefined;
}

/**
 * Decides where the cluster of `directory` lies, and makes that folder: in `directory` itself, unless we
 * are root and PostgreSQL's user cannot go there; then it lies in /var/lib/ubada and the file LOCATION tells.
 *
 * @throws DatabaseUnusable "database-elsewhere", "database-missing", "database-owner", "service-user-…"
 */
export async function findClusterPlace(
  directory: string,
  tell: (line: string) => void,
): Promise<ClusterPlace> {
  await mkdir(directory, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
  const asked = await realpath(directory);
  const elsewhere = await readLocation(asked);
  const folder = elsewhere ?? asked;
  const cluster = join(folder, "cluster");
  const owner = await ownerOf(cluster);
  if (elsewhere !== undefined) tellWhere(asked, elsewhere, tell);
  if (owner !== undefined) {
    return { folder, cluster, clusterExists: true, runAs: await ownerAsUser(owner, folder) };
  }
  if (!isRoot()) return { folder, cluster, clusterExists: false, runAs: undefined };
  return elsewhere === undefined ? newPlace(asked, tell) : placeFor(elsewhere, await findServiceUser(tell));
}

async function newPlace(asked: string, tell: (line: string) => void): Promise<ClusterPlace> {
  const user = await findServiceUser(tell);
  // The umask may have closed it to others; the cluster inside is 0700 in any case.
  await chmod(asked, (await stat(asked)).mode | 0o111);
  if (await canEnter(asked, user)) return placeFor(asked, user);
  const folder = await freePlace(asked, tell);
  await mkdir(folder, { recursive: true });
  for (const opened of [ROOTS_PLACE, folder]) await chmod(opened, 0o711);
  await writeFile(join(asked, "LOCATION"), `${folder}\n`, { flush: true });
  tellWhere(asked, folder, tell);
  return placeFor(folder, user);
}

function placeFor(folder: string, runAs: ServiceUser): ClusterPlace {
  return { folder, cluster: join(folder, "cluster"), clusterExists: false, runAs };
}

/** A clone removed and made anew at the same path must not find itself in the database of the former one. */
async function freePlace(asked: string, tell: (line: string) => void): Promise<string> {
  const first = join(ROOTS_PLACE, createHash("sha256").update(asked).digest("hex").slice(0, 16));
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? first : `${first}-${number}`;
    if ((await ownerOf(join(folder, "cluster"))) === undefined) return folder;
    tell(`An earlier database of a folder at this path is still in ${folder}; remove it if nobody needs it.`);
  }
}

function tellWhere(asked: string, folder: string, tell: (line: string) => void): void {
  tell(`PostgreSQL does not run as root and its user cannot enter ${asked}: the database lies in ${folder}.`);
}

async function readLocation(asked: string): Promise<string | undefined> {
  const file = join(asked, "LOCATION");
  const text = await readFile(file, "utf8").catch(undefinedIfMissing);
  if (text === undefined) return undefined;
  const folder = text.trim();
  if (!isRoot()) {
    throw new DatabaseUnusable(
      "database-elsewhere",
      `The database of ${asked} was set up by root and lies in ${folder}: ` +
        `start Ubada as root, or choose another UBADA_DATA.`,
    );
  }
  const found = isAbsolute(folder) ? await stat(folder).catch(undefinedIfMissing) : undefined;
  if (found?.isDirectory()) return folder;
  throw new DatabaseUnusable(
    "database-missing",
    `The database of ${asked} lay in ${folder}, which is gone: ` +
      `put it back, or remove ${file} to begin with an empty one.`,
  );
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

async function ownerOf(cluster: string): Promise<Owner | undefined> {
  return stat(cluster).catch(undefinedIfMissing);
}

/** A cluster is run by the user that owns it: root may start what an ordinary user began, unharmed. */
async function ownerAsUser({ uid, gid }: Owner, folder: string): Promise<ServiceUser | undefined> {
  const own = process.getuid?.();
  if (uid !== own && own !== 0) {
    throw new DatabaseUnusable(
      "database-owner",
      `The database in ${folder} belongs to another user (uid ${uid}): ` +
        `start Ubada as that user, or choose another UBADA_DATA.`,
    );
  }
  if (own !== 0) return undefined;
  if (uid === 0) {
    throw new DatabaseUnusable(
      "database-owner",
      `The database in ${folder} belongs to root, under whom PostgreSQL refuses to run: ` +
        `give it to a system user with "chown -R ubada ${join(folder, "cluster")}" and start again.`,
    );
  }
  const user = { name: `uid ${uid}`, uid, gid };
  if (await canEnter(join(folder, "cluster"), user)) return user;
  throw new DatabaseUnusable(
    "database-owner",
    `The user with uid ${uid}, who owns the database, cannot enter ${folder}: ` +
      `open the folders above it ("chmod a+x").`,
  );
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
