import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SOCKET_PORT } from "./cluster-settings.ts";
import type { ServiceUser } from "./run-program.ts";
import { canEnter } from "./service-user.ts";

/** A socket's path has room for 107 bytes on Linux and 103 on macOS, its end mark not counted. */
const LONGEST_SOCKET_PATH = 103;
const SOCKET = `.s.PGSQL.${SOCKET_PORT}`;

export interface SocketDirectory extends AsyncDisposable {
  readonly path: string;
}

/**
 * A short folder (0700, of the user that runs PostgreSQL) for the cluster's socket, wherever that lies.
 * What a killed server left in it is removed: the caller holds the lock of the cluster.
 */
export async function makeSocketDirectory(
  cluster: string,
  runAs: ServiceUser | undefined,
): Promise<SocketDirectory> {
  const uid = runAs?.uid ?? process.getuid?.() ?? 0;
  const digest = createHash("sha256").update(`${uid}:${cluster}`).digest("hex").slice(0, 16);
  const name = `ubada-${digest}`;
  const path = await makePrivate(join(await shortFolder(name, runAs), name), uid);
  if (runAs) await chown(path, runAs.uid, runAs.gid);
  // PostgreSQL would refuse to start if the pid in a stale lock file belonged to some other process by now.
  for (const stale of [SOCKET, `${SOCKET}.lock`]) await rm(join(path, stale), { force: true });
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** TMPDIR where it is short and plain enough and open to the user; else /tmp. */
async function shortFolder(name: string, runAs: ServiceUser | undefined): Promise<string> {
  const asked = tmpdir();
  const longest = join(asked, `${name}-XXXXXX`, SOCKET);
  if (Buffer.byteLength(longest) > LONGEST_SOCKET_PATH) return "/tmp";
  // PostgreSQL takes a list of folders here: blanks, commas and quotes have a meaning.
  if (!/^\/[\w./+-]*$/.test(asked)) return "/tmp";
  return runAs === undefined || (await canEnter(asked, runAs)) ? asked : "/tmp";
}

/** The folder of an earlier start, if it is really ours: anybody may make folders in /tmp before us. */
async function makePrivate(path: string, uid: number): Promise<string> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    const found = await lstat(path);
    if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) return mkdtemp(`${path}-`);
    return path;
  }
  await chmod(path, 0o700); // The umask may have closed it to its owner.
  return path;
}
