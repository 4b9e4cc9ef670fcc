import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { createRandomBytes } from "../config/random-bytes.ts";
import { type Config, readConfig } from "../config/read-config.ts";
import type { KeyProvider } from "../config/key-provider.ts";
import type { LookupKeys } from "../config/lookup-keys.ts";
import type { Secrets } from "../config/secrets.ts";
import { type EpochStatus, readKeyStatus } from "../keys/key-status.ts";
import { type LookupStatus, readLookupStatus } from "../keys/lookup-status.ts";
import { createNoteSigner } from "../../ledger/signed-note.ts";
import { ledgerFolder } from "../journal/extend-ledger.ts";
import { ledgerName } from "../journal/ledger-name.ts";
import { ledgerReader } from "../journal/ledger-reader.ts";
import { requireLedger } from "../journal/require-ledger.ts";
import { rotateKeys } from "../keys/rotate-keys.ts";
import { rotateLookup } from "../keys/rotate-lookup.ts";
import { requireLookupKeys } from "../vault/lookup-versions.ts";
import { requireEpochs } from "../vault/start-epochs.ts";
import { type Command, CommandError, type CommandOutput } from "./command.ts";
import { openOwnerDatabase, type OwnerDatabase } from "./owner-database.ts";
import { readExistingSecrets } from "./running-database.ts";
import { writeProgress } from "./write-progress.ts";

const usage = `ubada keys status [--json]
ubada keys rotate [--json]
ubada keys rotate-lookup [--json]

Each person's data has a key of its own; key-encryption keys, outside the database, wrap them, one epoch after another.
By e-mail or phone a person is found through digests under the look-up key, which has versions.

  status          each epoch: how many people's keys it wraps, and when the backups that need it become unreadable;
                  and each version of the look-up key: how many entries are found by it
  rotate          open a new epoch and wrap every key under it. Keys that no backup needs any more are destroyed
  rotate-lookup   make a new version of the look-up key and put every entry under it: whoever has only the old one then
                  finds nobody. The new version works on top of the earlier ones, so keep them all

Both rotate beside a running Ubada or a stopped one. Run it again after it was interrupted: it goes on.

  --json          print the result as JSON

Keys are files in the folder of secrets (kek-1.key, kek-2.key and so on), or, if it is set, UBADA_KEK in the
environment, then UBADA_KEK_2 and so on, each 32 bytes in base64. A copy of every key belongs elsewhere, and never
beside a backup of the database; destroy the copies of a key when Ubada destroys it. The look-up key is always files in
the folder of secrets (lookup.key, lookup-2.key and so on), and every server on this database needs them all.

With UBADA_TRANSIT_URL the files (kek-1.transit and so on) open only with a transit service (OpenBao, HashiCorp Vault),
which Ubada asks at a start and when keys are rotated or destroyed. docs/decisions/007-transit-keys.md has the policy
for its token, and how keys that were files move there.

  UBADA_DATA                 the folder of the data (./data); of the demo it is ./data-demo
  BACKUP_WINDOW_DAYS         how long backups are kept, in days (30); set it for the server too
  UBADA_TRANSIT_URL          where the service answers, https, such as https://vault.example.kg:8200
  UBADA_TRANSIT_TOKEN_FILE   a file (0600) that holds the token; read anew each time
  UBADA_TRANSIT_MOUNT        where its transit engine is mounted (transit)
  UBADA_TRANSIT_NAMESPACE    its namespace, if it has any
  UBADA_TRANSIT_KEY          what the names of Ubada's keys there begin with (ubada)`;

export const keys: Command = {
  name: "keys",
  summary: "the keys that wrap people's keys, the key by which they are found, and rotating both",
  usage,
  async run(args, io) {
    const { json, name } = readArguments(args);
    const config = readConfig(process.env, "production");
    await using database = await openOwnerDatabase(config);
    const secrets = await readExistingSecrets(config);
    const { keyProvider: provider, lookupKeys } = secrets;
    if (name !== "status") await requireOwnLedger(database, config, secrets);
    await acts[name]({ ...database, config, provider, lookupKeys, json }, io);
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
  readonly lookupKeys: LookupKeys;
  readonly json: boolean;
}

const acts = { status: showStatus, rotate, "rotate-lookup": rotateLookupKey } as const;

function readArguments(args: readonly string[]) {
  const options = { json: { type: "boolean", default: false } } as const;
  const wanted =
    'Say what to do: "ubada keys status", "ubada keys rotate" or "ubada keys rotate-lookup"; see "ubada keys --help".';
  let read;
  try {
    read = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new CommandError(wanted, { cause });
  }
  const [name, ...more] = read.positionals;
  if (!isAct(name) || more.length > 0) throw new CommandError(wanted);
  return { json: read.values.json, name } as const;
}

function isAct(name: string | undefined): name is keyof typeof acts {
  return name !== undefined && Object.hasOwn(acts, name);
}

async function showStatus({ owner, config, provider, lookupKeys, json }: Means, io: CommandOutput): Promise<void> {
  const { backupWindowDays } = config;
  const epochs = await readKeyStatus(owner, provider, { backupWindowDays, now: Temporal.Now.instant() });
  const lookup = await readLookupStatus(owner, lookupKeys);
  if (json) {
    const status = { keptIn: provider.kind, backupWindowDays, epochs: epochs.map(asJson), lookup: lookup.map(asJson) };
    io.out(JSON.stringify(status, null, 2));
  } else {
    for (const epoch of epochs) io.out(describe(epoch, provider));
    for (const version of lookup) io.out(describeLookup(version, lookupKeys));
  }
  // A key that is missing or swapped is then told with what to do about it.
  await requireEpochs(owner, provider);
  await requireLookupKeys(owner, lookupKeys);
}

async function rotate({ owner, config, provider, json }: Means, io: CommandOutput): Promise<void> {
  const progress = json ? () => {} : writeProgress(io, "keys and links are under the new epoch");
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

async function rotateLookupKey({ owner, lookupKeys, json }: Means, io: CommandOutput): Promise<void> {
  const progress = json ? () => {} : writeProgress(io, "entries are under the new version");
  const means = { owner, lookupKeys, now: () => Temporal.Now.instant(), randomBytes: createRandomBytes(randomBytes) };
  const rotation = await rotateLookup(means, progress);
  if (json) {
    io.out(JSON.stringify(rotation, null, 2));
    return;
  }
  const how = rotation.resumed ? "The rotation that had not ended is finished" : "A new look-up key is in use";
  io.out(`${how}: every entry is under version ${rotation.version} now.`);
  io.out(`Keep a copy of ${lookupKeys.nameOf(rotation.version)} elsewhere, never beside a database backup.`);
  io.out("Keep the earlier ones too: the new one works on top of them. Backups made before now can still be searched by those alone.");
}

/** The instants are written as strings by JSON. */
function asJson({ held, ...status }: EpochStatus | LookupStatus): object {
  return { ...status, keyHeld: held };
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

function describeLookup({ version, entries, held, state, openedAt, emptiedAt }: LookupStatus, keys: LookupKeys): string {
  const name = keys.nameOf(version);
  const states = {
    current: `current since ${time(openedAt)}`,
    unfinished: "a later one is in use, and the rotation to it has not ended: run ubada keys rotate-lookup",
    kept:
      `later versions work on top of it, so keep ${name}; ` +
      `backups made before ${time(emptiedAt)} can be searched without those`,
  };
  return `Look-up key ${version}: ${entries} entries; ${states[state]}.${held ? "" : ` ${name} IS MISSING.`}`;
}

function time(instant: Temporal.Instant | null): string {
  return instant === null ? "–" : instant.toString({ smallestUnit: "minute" });
}
