import { DatabaseUnusable } from "./database-unusable.ts";
import { runProgram, type ServiceUser } from "./run-program.ts";

const OUR_USER = "ubada";

/** Is this process root, under which PostgreSQL refuses to run? */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The user that runs PostgreSQL when we are root: `ubada` (made if need be), else an existing `postgres`.
 *
 * @throws DatabaseUnusable "service-user-missing", "service-user-unusable"
 */
export async function findServiceUser(tell: (line: string) => void): Promise<ServiceUser> {
  const user = (await userNamed(OUR_USER)) ?? (await createUser(tell)) ?? (await userNamed("postgres"));
  if (user) return user;
  throw new DatabaseUnusable(
    "service-user-missing",
    `PostgreSQL refuses to run as root, and no system user could be made for it: ` +
      `run "useradd --system ${OUR_USER}", start Ubada as an ordinary user, ` +
      `or name a database of your own in DATABASE_URL.`,
  );
}

/**
 * Can this user really enter the folder? Tried, not read from mode bits: access lists, mount options and
 * containers have their say too.
 *
 * @throws DatabaseUnusable "service-user-unusable" when root may not become that user
 */
export async function canEnter(folder: string, user: ServiceUser): Promise<boolean> {
  const run = await runProgram("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], user);
  if (run.kind === "ended") return run.succeeded;
  throw new DatabaseUnusable(
    "service-user-unusable",
    `PostgreSQL refuses to run as root, and this process may not become the user ${user.name} ` +
      `(a container without the SETUID capability?): start Ubada as an ordinary user, or set DATABASE_URL.`,
    { cause: run.error },
  );
}

async function userNamed(name: string): Promise<ServiceUser | undefined> {
  const [uid, gid] = await Promise.all([numberFrom("-u", name), numberFrom("-g", name)]);
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { name, uid, gid };
}

async function numberFrom(option: string, name: string): Promise<number | undefined> {
  const run = await runProgram("id", [option, name]);
  return run.kind === "ended" && run.succeeded ? Number.parseInt(run.output, 10) : undefined;
}

/** The three ways of Linux distributions (shadow, Debian, BusyBox); the first one that works is enough. */
async function createUser(tell: (line: string) => void): Promise<ServiceUser | undefined> {
  const home = "/nonexistent";
  const shell = "/usr/sbin/nologin";
  const ways = [
    ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", home, "-s", shell, OUR_USER],
    ["adduser", "--system", "--group", "--no-create-home", "--home", home, "--shell", shell, OUR_USER],
    ["adduser", "-S", "-D", "-H", "-h", home, "-s", shell, OUR_USER],
  ] as const;
  for (const [program, ...args] of ways) {
    await runProgram(program, args);
    // Looked up whatever the program said: another start may have made the user a moment before us.
    const user = await userNamed(OUR_USER);
    if (!user) continue;
    tell(`Made the system user ${OUR_USER} to run PostgreSQL, which refuses to run as root.`);
    return user;
  }
  return undefined;
}
