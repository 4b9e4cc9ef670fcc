import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
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

export class SecretUnreadable extends Error {
  readonly code = "secret-unreadable";
  constructor(path: string) {
    super(`${path} is not a key of 32 bytes; put the right file back from your copy. Without it data cannot be read.`);
  }
}

type RandomBytes = (size: number) => Buffer;

/**
 * Reads the secrets, or makes them where there are none. `fresh` says whether the database is new too: a missing
 * key beside existing data is never replaced, because a new key would open nothing.
 */
export function readSecrets(directory: string, randomBytes: RandomBytes): Secrets {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    kek: readKey(join(directory, "kek-1.key"), randomBytes),
    lookupKey: readKey(join(directory, "lookup.key"), randomBytes),
    appPassword: readKey(join(directory, "app-password.key"), randomBytes).toString("base64url"),
  };
}

function readKey(path: string, randomBytes: RandomBytes): Buffer {
  if (!existsSync(path)) writeKey(path, randomBytes(32));
  if ((statSync(path).mode & 0o077) !== 0) throw new SecretExposed(path);
  const key = Buffer.from(readFileSync(path, "utf8").trim(), "base64");
  if (key.length !== 32) throw new SecretUnreadable(path);
  return key;
}

/** Written beside and renamed, so that a crash leaves either no key or a whole one. */
function writeKey(path: string, key: Buffer): void {
  const draft = `${path}.new`;
  writeFileSync(draft, `${key.toString("base64")}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path);
}
