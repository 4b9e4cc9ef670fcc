import { chownSync, closeSync, existsSync, fstatSync, fsyncSync, openSync } from "node:fs";
import { readFileSync, renameSync, statSync, unlinkSync, writeSync } from "node:fs";
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
  if (!existsSync(path)) throw new SecretMissing(path);
  if ((statSync(path).mode & 0o077) !== 0) throw new SecretExposed(path);
  return parseKey(readFileSync(path, "utf8"), path);
}

/** Makes a key file (0600) that is on the disk when this returns; a crash leaves the whole file or none. */
export function makeKeyFile(path: string, randomBytes: RandomBytes): void {
  const draft = `${path}.draft`;
  const file = openSync(draft, "w", 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString("base64")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  giveToOwnerOfFolder(draft);
  renameSync(draft, path);
  flushFolder(path);
}

/**
 * Overwrites a key file, removes it, and returns when that is on the disk; one that is absent is destroyed already. Under
 * another name, so that a crash half-way leaves no file that is taken for a key; the next call finishes it.
 */
export function destroyKeyFile(path: string, randomBytes: RandomBytes): void {
  const doomed = `${path}.doomed`;
  if (existsSync(path)) renameSync(path, doomed);
  if (!existsSync(doomed)) return;
  const file = openSync(doomed, "r+");
  try {
    writeSync(file, randomBytes(fstatSync(file).size), 0, undefined, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  unlinkSync(doomed);
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
