import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { createRandomBytes } from "../config/random-bytes.ts";
import { type Config, readConfig } from "../config/read-config.ts";
import type { KeyProvider } from "../config/key-provider.ts";
import type { Secrets } from "../config/secrets.ts";
import { type EpochStatus, readKeyStatus } from "../keys/key-status.ts";
import { createNoteSigner } from "../../ledger/signed-note.ts";
import { ledgerFolder } from "../journal/extend-ledger.ts";
import { ledgerName } from "../journal/ledger-name.ts";
import { ledgerReader } from "../journal/ledger-reader.ts";
import { requireLedger } from "../journal/require-ledger.ts";
import { rotateKeys } from "../keys/rotate-keys.ts";
import { requireEpochs } from "../vault/start-epochs.ts";
import { type Command, CommandError, type CommandOutput } from "./command.ts";
import { openOwnerDatabase, type OwnerDatabase } from "./owner-database.ts";
import { readExistingSecrets } from "./running-database.ts";
import { writeProgress } from "./write-progress.ts";

const usage = `ubada keys status [--json]
ubada keys rotate [--json]

Each person's data has a key of its own; key-encryption keys, outside the database, wrap them, one epoch after another.

  status   each epoch: how many people's keys it wraps, and when the backups that need it become unreadable
  rotate   open a new epoch and wrap every key under it, beside a running Ubada or a stopped one. Run it again
           after it was interrupted: it goes on. Keys that no backup needs any more are destroyed

  --json   print the result as JSON

Keys are files in the folder of secrets (kek-1.key, kek-2.key and so on), or, if it is set, UBADA_KEK in the
environment, then UBADA_KEK_2 and so on, each 32 bytes in base64. A copy of every key belongs elsewhere, and never
beside a backup of the database; destroy the copies of a key when Ubada destroys it.

With UBADA_TRANSIT_URL the files (kek-1.transit and so on) open only with a transit service (OpenBao, HashiCorp Vault),
which Ubada asks at a start and when keys are rotated or destroyed. docs/decisions/007-transit-keys.md has the policy
for its token, and how keys that were files move there.

  BACKUP_WINDOW_DAYS         how long backups are kept, in days (30); set it for the server too
  UBADA_TRANSIT_URL          where the service answers, https, such as https://vault.example.kg:8200
  UBADA_TRANSIT_TOKEN_FILE   a file (0600) that holds the token; read anew each time
  UBADA_TRANSIT_MOUNT        where its transit engine is mounted (transit)
  UBADA_TRANSIT_NAMESPACE    its namespace, if it has any
  UBADA_TRANSIT_KEY          what the names of Ubada's keys there begin with (ubada)`;

export const keys: Command = {
  name: "keys",
  summary: "which keys wrap people's keys, and rotating them",
  usage,
  async run(args, io) {
    const { json, name } = readArguments(args);
    const config = readConfig(process.env, "production");
    await using database = await openOwnerDatabase(config);
    const secrets = await readExistingSecrets(config);
    const { keyProvider: provider } = secrets;
    if (name === "rotate") await requireOwnLedger(database, config, secrets);
    const act = name === "status" ? showStatus : rotate;
    await act({ ...database, config, provider, json }, io);
    return 0;
  },
};

/** A database that `start` would refuse is not the one to rotate keys in. */
async function requireOwnLedger({ owner }: OwnerDatabase, config: Config, { ledgerSeed }: Secrets): Promise<void> {
  const { verifier } = createNoteSigner(ledgerName, ledgerSeed);
  await requireLedger(ledgerReader(owner), ledgerFolder(config.dataDirectory), verifier);
}

interface Means extends Pick<OwnerDatabase, "owner"> {
  readonly config: Config;
  readonly provider: KeyProvider;
  readonly json: boolean;
}

function readArguments(args: readonly string[]) {
  const options = { json: { type: "boolean", default: false } } as const;
  const wanted = 'Say what to do: "ubada keys status" or "ubada keys rotate"; see "ubada keys --help".';
  let read;
  try {
    read = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new CommandError(wanted, { cause });
  }
  const [name, ...more] = read.positionals;
  if ((name !== "status" && name !== "rotate") || more.length > 0) throw new CommandError(wanted);
  return { json: read.values.json, name } as const;
}

async function showStatus({ owner, config, provider, json }: Means, io: CommandOutput): Promise<void> {
  const { backupWindowDays } = config;
  const epochs = await readKeyStatus(owner, provider, { backupWindowDays, now: Temporal.Now.instant() });
  if (json) io.out(JSON.stringify({ keptIn: provider.kind, backupWindowDays, epochs: epochs.map(asJson) }, null, 2));
  else for (const epoch of epochs) io.out(describe(epoch, provider));
  // A key that is missing or swapped is then told with what to do about it.
  await requireEpochs(owner, provider);
}

async function rotate({ owner, config, provider, json }: Means, io: CommandOutput): Promise<void> {
  const progress = json ? () => {} : writeProgress(io);
  const chance = createRandomBytes(randomBytes);
  const means = { owner, provider, config, now: () => Temporal.Now.instant(), randomBytes: chance };
  const rotation = await rotateKeys(means, progress);
  if (json) {
    io.out(JSON.stringify(rotation, null, 2));
    return;
  }
  const how = rotation.resumed ? "The rotation that had not ended is finished" : "A new epoch is open";
  io.out(`${how}: every key is under epoch ${rotation.epoch} now.`);
  io.out(`Keep a copy of ${provider.nameOf(rotation.epoch)} elsewhere, never beside a database backup.`);
  for (const epoch of rotation.destroyed) io.out(`The key of epoch ${epoch} was destroyed; destroy your copies of it too.`);
}

/** The instants are written as strings by JSON. */
function asJson({ held, ...epoch }: EpochStatus): object {
  return { ...epoch, keyHeld: held };
}

function describe(status: EpochStatus, provider: KeyProvider): string {
  const name = provider.nameOf(status.epoch);
  const missing = status.held || status.state === "destroyed" ? "" : ` ${name} IS MISSING.`;
  return `Epoch ${status.epoch}: ${status.keys} keys; ${describeState(status, name)}.${missing}`;
}

function describeState(status: EpochStatus, name: string): string {
  const { state, openedAt, emptiedAt, destroyedAt, destroyedFrom, held } = status;
  switch (state) {
    case "current":
      return `current since ${time(openedAt)}`;
    case "unfinished":
      return "a later one is open, and the rotation to it has not ended: run ubada keys rotate";
    case "kept":
      return (
        `only backups made before ${time(emptiedAt)} need it; ` +
        `they become unreadable on ${time(destroyedFrom)}, when it is destroyed`
      );
    case "due":
      return (
        `backups made before ${time(emptiedAt)} have passed their time; ` +
        `the running Ubada destroys ${name} within a minute, or, if it is in the environment, take it out there`
      );
    case "destroyed":
      return held
        ? `recorded as destroyed on ${time(destroyedAt)}, but ${name} is here again: destroy that copy`
        : `destroyed on ${time(destroyedAt)}; backups made before ${time(emptiedAt)} cannot be read`;
  }
}

function time(instant: Temporal.Instant | null): string {
  return instant === null ? "–" : instant.toString({ smallestUnit: "minute" });
}
