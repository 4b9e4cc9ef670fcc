import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { makeKeyFile, type RandomBytes, readKeyFile } from "./key-file.ts";

/** The versions of the look-up key, 32 bytes each, kept outside the database. A later one works on top of all before it. */
export interface LookupKeys {
  /** What the operator calls a version: the path of its file. */
  nameOf(version: number): string;
  /**
   * Every version that is held now, the first one first, without gaps; at least one.
   * @throws SecretMissing, SecretExposed, SecretUnreadable
   */
  read(): readonly Buffer[];
  /** Makes a random key for a version that has none; it is durable when this returns. */
  make(version: number, randomBytes: RandomBytes): void;
}

/**
 * Files that only the operator can read (0600): `lookup.key`, then `lookup-2.key` and so on. They lie in the folder of
 * secrets wherever the key-encryption keys are kept: they open nothing, and every server needs every one of them.
 * @throws what `read` throws
 */
export function openLookupKeys(directory: string): LookupKeys {
  const nameOf = (version: number) => join(directory, version === 1 ? "lookup.key" : `lookup-${version}.key`);
  const keys: LookupKeys = {
    nameOf,
    read: () => Array.from({ length: latestIn(directory) }, (_, before) => readKeyFile(nameOf(before + 1))),
    make: (version, randomBytes) => makeKeyFile(nameOf(version), randomBytes),
  };
  keys.read();
  return keys;
}

function latestIn(directory: string): number {
  if (!existsSync(directory)) return 1;
  const later = readdirSync(directory).flatMap((name) => /^lookup-([1-9]\d{0,8})\.key$/.exec(name)?.[1] ?? []);
  return Math.max(1, ...later.map(Number));
}
