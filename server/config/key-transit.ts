import { epochFile, findEpochs, NoKeyFile } from "./epoch-files.ts";
import { doomFile, parseKey, readSecretFile, removeFile, writeSecretFile } from "./key-file.ts";
import type { KeyProvider } from "./key-provider.ts";
import { createTransitEngine } from "./transit-engine.ts";
import { SealedKeyBroken, TransitAnswerUnreadable, TransitKeyMissing } from "./transit-failure.ts";
import type { TransitSettings } from "./transit-settings.ts";

/**
 * Keys that only a transit service opens: the folder has a file for each epoch, `kek-<epoch>.transit` (0600), with the key
 * sealed under a transit key of that epoch's own, and the name of that key:
 *
 *     ubada-2-5f0c93a1 vault:v1:7hm0m7Ss1oHqZ…
 *
 * Destroying an epoch destroys its transit key, so that copies of the file open nothing any more. The name ends by chance:
 * two installations, or one and its restored copy, never share a transit key that one of them would destroy.
 */
export function createKeyTransit(directory: string, settings: TransitSettings, timeoutMs?: number): KeyProvider {
  const engine = createTransitEngine(settings, timeoutMs);
  const nameOf = (epoch: number) => epochFile(directory, epoch, "transit");

  const open = async (epoch: number, sealedKey: SealedKey): Promise<Buffer> => {
    const unsealed = await engine.unseal(sealedKey.transitKey, sealedKey.sealed, purposeOf(epoch));
    if (unsealed.kind === "no-key") throw new TransitKeyMissing(sealedKey.transitKey, nameOf(epoch));
    if (unsealed.kind === "broken") throw new SealedKeyBroken(nameOf(epoch));
    return parseKey(unsealed.plain, nameOf(epoch));
  };
  return {
    kind: "transit",
    reachesRunningServer: true,
    nameOf,
    async read() {
      const epochs = findEpochs(directory, "transit");
      if (epochs.length === 0) throw new NoKeyFile(directory, "transit");
      return Promise.all(epochs.map(async (epoch) => ({ epoch, bytes: await open(epoch, readSealed(nameOf(epoch))) })));
    },
    async make(epoch, randomBytes) {
      const transitKey = `${settings.keyPrefix}-${epoch}-${randomBytes(4).toString("hex")}`;
      const key = randomBytes(32);
      await engine.makeKey(transitKey);
      const sealed = await engine.seal(transitKey, key, purposeOf(epoch));
      // Before anything hangs on it: a token may be allowed to seal and not to unseal.
      const opened = await open(epoch, { transitKey, sealed });
      if (!opened.equals(key)) throw new TransitAnswerUnreadable(settings.origin, `decrypt/${transitKey}`, "another key");
      key.fill(0);
      writeSecretFile(nameOf(epoch), `${transitKey} ${sealed}\n`);
    },
    async destroy(epoch) {
      const doomed = doomFile(nameOf(epoch));
      if (doomed === undefined) return true;
      // The file goes last: it alone knows which transit key to destroy, should the service not answer now.
      await engine.destroyKey(readSealed(doomed).transitKey);
      removeFile(doomed);
      return true;
    },
  };
}

/** A key as it lies in a file. */
interface SealedKey {
  readonly transitKey: string;
  readonly sealed: string;
}

function readSealed(path: string): SealedKey {
  const [, transitKey, sealed] = /^(\w[\w.-]{0,126}\w) ([\x21-\x7e]{1,4096})\n?$/.exec(readSecretFile(path)) ?? [];
  if (transitKey === undefined || sealed === undefined) throw new SealedKeyBroken(path);
  return { transitKey, sealed };
}

/** Bound into what is sealed, so that a file of another epoch does not open in this one's place. */
function purposeOf(epoch: number): string {
  return `ubada/kek/${epoch}`;
}
