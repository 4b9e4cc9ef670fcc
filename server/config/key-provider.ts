import { findEpochs } from "./epoch-files.ts";
import type { RandomBytes } from "./key-file.ts";
import { createKeyEnvironment, namesKeys } from "./key-environment.ts";
import { createKeyFiles } from "./key-files.ts";
import { createKeyTransit } from "./key-transit.ts";
import { ConfigError } from "./read-config.ts";
import { readTransitSettings } from "./transit-settings.ts";

/** A key-encryption key (KEK) of one epoch, 32 bytes, kept outside the database. */
export interface KeyEncryptionKey {
  readonly epoch: number;
  readonly bytes: Buffer;
}

/** Where key-encryption keys are kept. Nothing that it says or throws holds a key. */
export interface KeyProvider {
  readonly kind: "files" | "environment" | "transit";
  /** Whether a running server finds a key that another process made; otherwise it has to be started with it. */
  readonly reachesRunningServer: boolean;
  /** What the operator calls the key of an epoch: the path of its file, or the name of its variable. */
  nameOf(epoch: number): string;
  /**
   * Every key that is held now, the oldest epoch first, each in a buffer of its own; at least one.
   * @throws SecretMissing, SecretExposed, SecretUnreadable, KeysNamedTwice, and what `transit-failure.ts` describes
   */
  read(): Promise<readonly KeyEncryptionKey[]>;
  /**
   * Makes a random key for an epoch that has none; it is durable when this resolves. May be called again where it failed.
   * @throws NextKeyWanted where only the operator can, with what to do; what `transit-failure.ts` describes
   */
  make(epoch: number, randomBytes: RandomBytes): Promise<void>;
  /**
   * Destroys a key, if it is held and the provider can. Resolves to whether it is held no more; may be called again. Where
   * it throws, the key is not read any more, and the next call finishes it.
   */
  destroy(epoch: number, randomBytes: RandomBytes): Promise<boolean>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Several places hold keys, and it would be a guess which are meant. */
export class KeysInTwoPlaces extends Error {
  readonly code = "keys-in-two-places";
  constructor(places: readonly string[]) {
    super(
      `Key-encryption keys are in several places: ${places.join(", and ")}. ` +
        "Keep a copy of all of them elsewhere, and leave only those that this database is used with.",
    );
  }
}

/** The keys of the environment or of the transit service, where it names either, or else the key files in the folder. */
export function openKeyProvider(directory: string, environment: Environment = process.env): KeyProvider {
  const transit = readTransitSettings(environment);
  const holds = {
    environment: namesKeys(environment),
    transit: transit !== undefined || findEpochs(directory, "transit").length > 0,
    files: findEpochs(directory, "key").length > 0,
  };
  const places = [
    ...(holds.environment ? ["UBADA_KEK in the environment"] : []),
    ...(holds.transit ? ["those of a transit service (UBADA_TRANSIT_URL, kek-*.transit)"] : []),
    ...(holds.files ? [`files (kek-*.key) in ${directory}`] : []),
  ];
  if (places.length > 1) throw new KeysInTwoPlaces(places);
  if (holds.environment) return createKeyEnvironment(environment);
  if (transit) return createKeyTransit(directory, transit);
  if (!holds.transit) return createKeyFiles(directory);
  throw new ConfigError([
    `UBADA_TRANSIT_URL is not set, but only a transit service opens the keys in ${directory}; set it as it was.`,
  ]);
}
