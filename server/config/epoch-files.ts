import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** `key`: the key itself. `transit`: the key as a transit service has sealed it. */
export type EpochFileEnding = "key" | "transit";

/** No file of any epoch is in the folder. */
export class NoKeyFile extends Error {
  readonly code = "secret-missing";
  constructor(directory: string, ending: EpochFileEnding) {
    super(
      `No key-encryption key is in ${directory} (kek-1.${ending} is missing, and so is every later one): without it ` +
        "nobody's data can be read, by anyone. Put it back from your copy; a new one would not open what is stored.",
    );
  }
}

export function epochFile(directory: string, epoch: number, ending: EpochFileEnding): string {
  return join(directory, `kek-${epoch}.${ending}`);
}

/** The epochs that have a file in the folder, the oldest first. */
export function findEpochs(directory: string, ending: EpochFileEnding): readonly number[] {
  if (!existsSync(directory)) return [];
  const pattern = new RegExp(`^kek-([1-9]\\d{0,8})\\.${ending}$`);
  return readdirSync(directory)
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}
