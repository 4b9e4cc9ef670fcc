import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What must never be in the database, its dumps, or a log: kept as files that only the operator can read. */
export interface Secrets {
  /** The key-encryption key of epoch 1, 32 bytes. */
  readonly kek: Buffer;
  /** The key of the blind index, 32 bytes. */
  readonly lookupKey: Buffer;
  /** Password of the database role `ubada_app`. */
  readonly appPassword: string;
}

export class SecretExposed extends Error {
  readonly code = "secret-exposed";
  constructor(path: string) {
    super(`Others on this machine can read ${path}; run: chmod 600 ${path}`);
  }
}

export class SecretMissing extends Error {
  readonly code = "secret-missing";
  constructor(path: string) {
    super(`${path} is missing; put it back from your copy. A new one would not open what is stored.`);
  }
}

export class SecretUnreadable extends Error {
  readonly code = "secret-unreadable";
  constructor(path: string) {
    super(`${path} is not a key of 32 bytes; put the right file back from your copy. Without it data cannot be read.`);
  }
}

type RandomBytes = (size: number) => Buffer;

/**
 * Reads the secrets, or makes them all where the folder holds none. A key that is missing beside others is never
 * replaced: a new one would open nothing. `requireKeys` notices keys that belong to another database.
 */
export function readSecrets(directory: string, randomBytes: RandomBytes): Secrets {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!names.some((name) => existsSync(join(directory, name)))) makeKeys(join(directory, "new"), randomBytes);
  moveKeys(join(directory, "new"), directory);
  return {
    kek: readKey(join(directory, "kek-1.key")),
    lookupKey: readKey(join(directory, "lookup.key")),
    appPassword: readKey(join(directory, "app-password.key")).toString("base64url"),
  };
}

const names = ["kek-1.key", "lookup.key", "app-password.key"] as const;

function readKey(path: string): Buffer {
  if (!existsSync(path)) throw new SecretMissing(path);
  if ((statSync(path).mode & 0o077) !== 0) throw new SecretExposed(path);
  const key = Buffer.from(readFileSync(path, "utf8").trim(), "base64");
  if (key.length !== 32) throw new SecretUnreadable(path);
  return key;
}

/** Made in a folder of their own that gets its name when all are whole: a crash leaves either no key or every one. */
function makeKeys(folder: string, randomBytes: RandomBytes): void {
  if (existsSync(folder)) return;
  const draft = `${folder}.draft`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  for (const name of names) {
    writeFileSync(join(draft, name), `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flush: true });
  }
  renameSync(draft, folder);
}

/** Goes on where a crash may have left off. */
function moveKeys(folder: string, directory: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) renameSync(join(folder, name), join(directory, name));
  rmdirSync(folder);
}
