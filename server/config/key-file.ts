import { chownSync, closeSync, existsSync, fstatSync, fsyncSync, openSync } from "node:fs";
import { readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Bytes from a cryptographically strong source. */
export type RandomBytes = (size: number) => Buffer;

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
  constructor(name: string) {
    super(
      `${name} is not a key of 32 bytes in base64; put the right one back from your copy. ` +
        "Without it data cannot be read.",
    );
  }
}

/** 32 bytes from base64; `name` says where the text was found. */
export function parseKey(text: string, name: string): Buffer {
  const trimmed = text.trim();
  if (!/^[A-Za-z0-9+/]{43}=$/.test(trimmed)) throw new SecretUnreadable(name);
  return Buffer.from(trimmed, "base64");
}

/** @throws SecretMissing, SecretExposed, SecretUnreadable */
export function readKeyFile(path: string): Buffer {
  return parseKey(readSecretFile(path), path);
}

/** The text of a file that nobody but its owner may touch. Throws `SecretMissing`, `SecretExposed`. */
export function readSecretFile(path: string): string {
  if (!existsSync(path)) throw new SecretMissing(path);
  if ((statSync(path).mode & 0o077) !== 0) throw new SecretExposed(path);
  return readFileSync(path, "utf8");
}

export function makeKeyFile(path: string, randomBytes: RandomBytes): void {
  writeSecretFile(path, `${randomBytes(32).toString("base64")}\n`);
}

/** Writes a file (0600) that is on the disk when this returns; a crash leaves the whole file or none. */
export function writeSecretFile(path: string, text: string): void {
  const draft = `${path}.draft`;
  const file = openSync(draft, "w", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  giveToOwnerOfFolder(draft);
  renameSync(draft, path);
  flushFolder(path);
}

/** Overwrites a key file, removes it, and returns when that is on the disk; one that is absent is destroyed already. */
export function destroyKeyFile(path: string, randomBytes: RandomBytes): void {
  const doomed = doomFile(path);
  if (doomed === undefined) return;
  const file = openSync(doomed, "r+");
  try {
    writeSync(file, randomBytes(fstatSync(file).size), 0, undefined, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  removeFile(doomed);
}

/**
 * Gives a file that is to be destroyed another name, so that a crash half-way leaves none that is taken for a key. Returns
 * that name; also where an earlier destruction was cut short, for this one to finish. Undefined where nothing is left.
 */
export function doomFile(path: string): string | undefined {
  const doomed = `${path}.doomed`;
  if (existsSync(path)) {
    renameSync(path, doomed);
    flushFolder(path);
  }
  return existsSync(doomed) ? doomed : undefined;
}

/** Removes a file, if another process has not, and returns when that is on the disk. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
  flushFolder(path);
}

/** A command run by root must leave a file that the server, run by somebody else, can read. */
function giveToOwnerOfFolder(path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(path));
  chownSync(path, uid, gid);
}

function flushFolder(path: string): void {
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
