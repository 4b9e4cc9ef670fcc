import { parseKey } from "./key-file.ts";
import type { Environment, KeyEncryptionKey, KeyProvider } from "./key-provider.ts";

/** A variable that begins like a key but names no epoch, or two that name the same one. */
export class KeysNamedTwice extends Error {
  readonly code = "kek-names";
  constructor(name: string) {
    super(
      `${name} names no epoch of its own; ` +
        "give the first key as UBADA_KEK, later ones as UBADA_KEK_2, UBADA_KEK_3 and so on.",
    );
  }
}

/** The environment cannot be changed from within: the operator has to set the next key. */
export class NextKeyWanted extends Error {
  readonly code = "next-kek-wanted";
  constructor(name: string, kept: readonly string[]) {
    super(
      `Set ${name} to a new key (openssl rand -base64 32), leave ${kept.join(" and ")} as it is, ` +
        "restart the server with both, and run ubada keys rotate again.",
    );
  }
}

/** Keys from the environment: UBADA_KEK (epoch 1), UBADA_KEK_2 and so on, each 32 bytes in base64. */
export function createKeyEnvironment(environment: Environment): KeyProvider {
  const names = findNames(environment);
  const nameOf = (epoch: number) => names.get(epoch) ?? `UBADA_KEK_${epoch}`;
  const keys = [...names]
    .map(([epoch, name]): KeyEncryptionKey => ({ epoch, bytes: parseKey(environment[name] ?? "", name) }))
    .toSorted((a, b) => a.epoch - b.epoch);
  return {
    kind: "environment",
    reachesRunningServer: false,
    nameOf,
    read: async () => keys.map(({ epoch, bytes }) => ({ epoch, bytes: Buffer.from(bytes) })),
    async make(epoch) {
      throw new NextKeyWanted(nameOf(epoch), keys.map((key) => nameOf(key.epoch)));
    },
    destroy: async (epoch) => !names.has(epoch),
  };
}

/** Whether any key is given; a variable that is set to nothing counts as not set. */
export function namesKeys(environment: Environment): boolean {
  return keyNames(environment).length > 0;
}

function keyNames(environment: Environment): readonly string[] {
  return Object.keys(environment).filter((name) => /^UBADA_KEK(_|$)/.test(name) && environment[name] !== "");
}

/** The name of each epoch's variable. */
function findNames(environment: Environment): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const name of keyNames(environment)) {
    const digits = name === "UBADA_KEK" ? "1" : /^UBADA_KEK_([1-9]\d{0,8})$/.exec(name)?.[1];
    if (digits === undefined || names.has(Number(digits))) throw new KeysNamedTwice(name);
    names.set(Number(digits), name);
  }
  return names;
}
