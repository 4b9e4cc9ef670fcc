import type { RandomBytes } from "./key-file.ts";
import { createKeyEnvironment, namesKeys } from "./key-environment.ts";
import { createKeyFiles, holdsKeyFiles } from "./key-files.ts";

/** A key-encryption key (KEK) of one epoch, 32 bytes, kept outside the database. */
export interface KeyEncryptionKey {
  readonly epoch: number;
  readonly bytes: Buffer;
}

/** Where key-encryption keys are kept. Nothing that it says or throws holds a key. */
export interface KeyProvider {
  readonly kind: "files" | "environment";
  /** Whether a running server finds a key that another process made; otherwise it has to be started with it. */
  readonly reachesRunningServer: boolean;
  /** What the operator calls the key of an epoch: the path of its file, or the name of its variable. */
  nameOf(epoch: number): string;
  /**
   * Every key that is held now, the oldest epoch first, each in a buffer of its own; at least one.
   * @throws SecretMissing, SecretExposed, SecretUnreadable, KeysNamedTwice
   */
  read(): Promise<readonly KeyEncryptionKey[]>;
  /**
   * Makes a random key for an epoch that has none; it is durable when this resolves.
   * @throws NextKeyWanted where only the operator can, with what to do
   */
  make(epoch: number, randomBytes: RandomBytes): Promise<void>;
  /** Destroys a key, if it is held and the provider can. Resolves to whether it is held no more; may be called again. */
  destroy(epoch: number, randomBytes: RandomBytes): Promise<boolean>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Both places hold keys, and it would be a guess which are meant. */
export class KeysInTwoPlaces extends Error {
  readonly code = "keys-in-two-places";
  constructor(directory: string) {
    super(
      `Key-encryption keys are given by UBADA_KEK in the environment and lie in ${directory} too; ` +
        "keep a copy elsewhere and take one of the two away.",
    );
  }
}

/** The keys of the environment where it names any, or else the key files in the folder. */
export function openKeyProvider(directory: string, environment: Environment = process.env): KeyProvider {
  if (!namesKeys(environment)) return createKeyFiles(directory);
  if (holdsKeyFiles(directory)) throw new KeysInTwoPlaces(directory);
  return createKeyEnvironment(environment);
}
