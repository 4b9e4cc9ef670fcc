import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { destroyKeyFile, makeKeyFile, readKeyFile } from "./key-file.ts";
import type { KeyProvider } from "./key-provider.ts";

/** No file of any epoch is in the folder. */
export class NoKeyFile extends Error {
  readonly code = "secret-missing";
  constructor(directory: string) {
    super(
      `No key-encryption key is in ${directory} (kek-1.key is missing, and so is every later one): without it nobody's ` +
        "data can be read, by anyone. Put it back from your copy; a new one would not open what is stored.",
    );
  }
}

/** The default: a file for each epoch, `kek-<epoch>.key`, that only the operator can read (0600). */
export function createKeyFiles(directory: string): KeyProvider {
  const nameOf = (epoch: number) => join(directory, `kek-${epoch}.key`);
  return {
    kind: "files",
    reachesRunningServer: true,
    nameOf,
    async read() {
      const keys = findEpochs(directory).map((epoch) => ({ epoch, bytes: readKeyFile(nameOf(epoch)) }));
      if (keys.length === 0) throw new NoKeyFile(directory);
      return keys;
    },
    make: async (epoch, randomBytes) => makeKeyFile(nameOf(epoch), randomBytes),
    async destroy(epoch, randomBytes) {
      destroyKeyFile(nameOf(epoch), randomBytes);
      return true;
    },
  };
}

export function holdsKeyFiles(directory: string): boolean {
  return findEpochs(directory).length > 0;
}

function findEpochs(directory: string): readonly number[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .flatMap((name) => /^kek-([1-9]\d{0,8})\.key$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}
