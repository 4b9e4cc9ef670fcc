import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeKeyFile, type RandomBytes, readKeyFile } from "./key-file.ts";
import { type Environment, type KeyProvider, openKeyProvider } from "./key-provider.ts";
import { type LookupKeys, openLookupKeys } from "./lookup-keys.ts";

/** What must never be in the database, its dumps, or a log: kept as files that only the operator can read. */
export interface Secrets {
  /** The key-encryption keys, which may be in the environment instead; they are read only when asked for. */
  readonly keyProvider: KeyProvider;
  /** The key of the blind index in its versions; they have been read once. */
  readonly lookupKeys: LookupKeys;
  /** Password of the database role `ubada_app`. */
  readonly appPassword: string;
  /** The seed of the ledger's signing key (Ed25519), 32 bytes. */
  readonly ledgerSeed: Buffer;
}

/**
 * Reads the secrets, or makes them all where the folder holds none. A key that is missing beside others is never
 * replaced: a new one would open nothing. `requireKeys` notices keys that belong to another database.
 */
export async function readSecrets(
  directory: string,
  randomBytes: RandomBytes,
  environment?: Environment,
): Promise<Secrets> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keyProvider = openKeyProvider(directory, environment);
  if (!holdsKeys(directory)) await makeKeys(join(directory, "new"), randomBytes, environment);
  moveKeys(join(directory, "new"), directory);
  addLedgerKey(join(directory, "ledger.key"), randomBytes);
  return {
    keyProvider,
    lookupKeys: openLookupKeys(directory),
    appPassword: readKeyFile(join(directory, "app-password.key")).toString("base64url"),
    ledgerSeed: readKeyFile(join(directory, "ledger.key")),
  };
}

const namesBesideKeks = ["lookup.key", "app-password.key", "ledger.key"];

function holdsKeys(directory: string): boolean {
  return readdirSync(directory).some((name) => name.endsWith(".key"));
}

/** Made in a folder of their own that gets its name when all are whole: a crash leaves either no key or every one. */
async function makeKeys(folder: string, randomBytes: RandomBytes, environment?: Environment): Promise<void> {
  if (existsSync(folder)) return;
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  for (const name of namesBesideKeks) {
    writeFileSync(join(draft, name), `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flush: true });
  }
  const provider = openKeyProvider(draft, environment);
  if (provider.kind !== "environment") await provider.make(1, randomBytes);
  renameSync(draft, folder);
}

/** Goes on where a crash may have left off. */
function moveKeys(folder: string, directory: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) renameSync(join(folder, name), join(directory, name));
  rmdirSync(folder);
}

/** An installation older than the ledger has none yet; a lost one that is made anew is refused by `requireKeys`. */
function addLedgerKey(path: string, randomBytes: RandomBytes): void {
  if (!existsSync(path)) makeKeyFile(path, randomBytes);
}
