import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseUnusable } from "./database-unusable.ts";

const FILE = "postgres-superuser";

/**
 * The password of the cluster's superuser, from a file (0600) in `secretsDirectory`; made, and on the disk
 * when this returns, if there is no cluster yet.
 *
 * @throws DatabaseUnusable "database-password-missing" when there is a cluster but no password
 */
export async function superuserPassword(secretsDirectory: string, clusterExists: boolean): Promise<string> {
  const file = join(secretsDirectory, FILE);
  const known = await readPassword(file);
  if (known !== undefined) return known;
  if (clusterExists) {
    throw new DatabaseUnusable(
      "database-password-missing",
      `There is a database, but its password is not in ${file}: ` +
        `put that file back from your backup of the secrets.`,
    );
  }
  await mkdir(secretsDirectory, { recursive: true, mode: 0o700 });
  const password = randomBytes(32).toString("base64url");
  await writeDurably(file, `${password}\n`);
  return password;
}

async function readPassword(file: string): Promise<string | undefined> {
  try {
    const password = (await readFile(file, "utf8")).trim();
    return password === "" ? undefined : password;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const half = `${file}.half`;
  {
    await using handle = await open(half, "w", 0o600);
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  }
  await rename(half, file);
  await using folder = await open(join(file, ".."), "r");
  await folder.sync();
}
