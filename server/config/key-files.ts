import { epochFile, findEpochs, NoKeyFile } from "./epoch-files.ts";
import { destroyKeyFile, makeKeyFile, readKeyFile } from "./key-file.ts";
import type { KeyProvider } from "./key-provider.ts";

/** The default: a file for each epoch, `kek-<epoch>.key`, that only the operator can read (0600). */
export function createKeyFiles(directory: string): KeyProvider {
  const nameOf = (epoch: number) => epochFile(directory, epoch, "key");
  return {
    kind: "files",
    reachesRunningServer: true,
    nameOf,
    async read() {
      const keys = findEpochs(directory, "key").map((epoch) => ({ epoch, bytes: readKeyFile(nameOf(epoch)) }));
      if (keys.length === 0) throw new NoKeyFile(directory, "key");
      return keys;
    },
    make: async (epoch, randomBytes) => makeKeyFile(nameOf(epoch), randomBytes),
    async destroy(epoch, randomBytes) {
      destroyKeyFile(nameOf(epoch), randomBytes);
      return true;
    },
  };
}
