import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createNoteSigner, type NoteSigner } from "../../ledger/signed-note.ts";
import { runVerify } from "../../ledger/verify-command.ts";
import { readConfig } from "../config/read-config.ts";
import { checkLedger } from "../journal/check-ledger.ts";
import { ledgerFolder } from "../journal/extend-ledger.ts";
import { ledgerName } from "../journal/ledger-name.ts";
import { publishedReader } from "../journal/ledger-reader.ts";
import { proveEntry } from "../journal/prove-entry.ts";
import { type Command, CommandError, type CommandOutput } from "./command.ts";
import { findRunningDatabase, isConnectionError, type RunningDatabase } from "./running-database.ts";
import { isId } from "../config/new-id.ts";

const usage = `ubada ledger verify [--previous FILE] [--json]
ubada ledger verify FOLDER-OR-URL --key KEY [--previous FILE] [--witness KEY …] [--quorum N] [--json]
ubada ledger prove ENTRY [--out FOLDER]
ubada ledger checkpoint [--json]
ubada ledger key

The ledger is a signed tree over the journal: an entry that was taken out, changed or moved is found and named.

  verify       check everything: the published files, the tree, its signature, that it continues what was
               published, and every journal entry against it. With a folder or an address it checks published
               files only, needs nothing else of Ubada, and KEY is what the company gave you
  prove        write what proves one entry to a stranger: leaf, proof and opening. ENTRY: its id, as the
               journal shows it
  checkpoint   print the signed checkpoint that everybody is shown; kept by somebody outside, it shows later that nothing was taken out
  key          print the key that verifies checkpoints; give it away by another way than the ledger

  --key KEY        the verifier key of the log
  --previous FILE  a checkpoint that you kept: the log must still begin with what it counted
  --witness KEY    the key of a witness that must have cosigned the checkpoint; may be given more than once
  --quorum N       how many of the witnesses are enough (all of them)
  --out FOLDER     where to write the three files of a proof (./proof)
  --json           print data as JSON (verify and checkpoint)

  UBADA_DATA in the environment is the folder of the data (./data); of the demo it is ./data-demo.

Exits with 1 if something is wrong. Your own ledger is read from the running Ubada.`;

export const ledger: Command = {
  name: "ledger",
  summary: "check the whole log, or prove one entry",
  usage,
  async run(args, io) {
    const [name, ...rest] = args;
    if (name === "verify" && rest.some((argument, at) => isPlace(rest, argument, at))) return runVerify(rest, io);
    if (name === "verify") return onRunning((running) => verify(running, rest, io));
    if (name === "prove") return onRunning((running) => prove(running, rest, io));
    if (name === "checkpoint") return onRunning((running) => checkpoint(running, rest, io));
    if (name === "key") return onRunning(async ({ signer }) => printKey(signer, rest, io));
    throw new CommandError("Say what to do: ubada ledger verify, prove, checkpoint or key; see: ubada ledger --help");
  },
};

/** Whether an argument of `verify` is a folder or an address rather than an option or its value. */
function isPlace(args: readonly string[], argument: string, at: number): boolean {
  return !argument.startsWith("-") && !["--key", "--previous", "--witness", "--quorum"].includes(args[at - 1] ?? "");
}

type Running = RunningDatabase & { readonly signer: NoteSigner; readonly folder: string };

async function onRunning(act: (running: Running) => Promise<number>): Promise<number> {
  const config = readConfig(process.env, "production");
  await using database = (await findRunningDatabase(config)) ?? null;
  if (database === null) throw new CommandError("Ubada has not run on this folder yet; run: npm start");
  const signer = createNoteSigner(ledgerName, database.secrets.ledgerSeed);
  try {
    return await act({ ...database, signer, folder: ledgerFolder(config.dataDirectory) });
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    throw new CommandError("The database does not answer; run: npm start", { cause: error });
  }
}

async function verify({ db, signer, folder }: Running, args: readonly string[], io: CommandOutput): Promise<number> {
  const options = { json: { type: "boolean", default: false }, previous: { type: "string" } } as const;
  const { json, previous: kept } = readOptions(args, options).values;
  const previous = kept === undefined ? undefined : readKept(kept);
  const means = { verifier: signer.verifier, folder, now: () => Temporal.Now.instant(), previous };
  const { checkpoint, flaws, pruned } = await checkLedger(db, means);
  const root = checkpoint.root.toString("base64");
  if (json) {
    io.out(JSON.stringify({ origin: checkpoint.origin, size: checkpoint.size, root, flaws, pruned }, null, 2));
  } else {
    for (const { kind, position, entryId } of flaws) {
      const what = kind === "missing" ? "was taken out of" : "was changed in";
      io.out(`Entry ${entryId}, number ${position} of the ledger, ${what} the journal.`);
    }
    const gone = pruned?.entries ?? 0;
    if (pruned !== undefined) {
      io.out(`${gone} entries were pruned, since entries are kept for ${pruned.months} months; their leaves are still there.`);
    }
    io.out(
      flaws.length === 0
        ? `All ${checkpoint.size - gone} entries are in the journal as the ledger has them; its root is ${root}.`
        : `${flaws.length} of ${checkpoint.size - gone} entries are not as the ledger has them.`,
    );
  }
  return flaws.length === 0 ? 0 : 1;
}

function readKept(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CommandError(`The checkpoint ${file} cannot be read; give the file that was kept.`, { cause });
  }
}

async function prove({ db, signer }: Running, args: readonly string[], io: CommandOutput): Promise<number> {
  const { values, positionals } = readOptions(args, { out: { type: "string", default: "proof" } });
  const [entry = ""] = positionals;
  if (!isId(entry)) {
    throw new CommandError("Say which entry by its id, such as 0193a1b2-…: ubada ledger prove ENTRY");
  }
  const found = await proveEntry(db, signer.verifier, entry);
  if (found === undefined) {
    const sentence = "No such entry is in the ledger; one that was just written gets there within seconds";
    throw new CommandError(`${sentence}, and what opened one that was pruned is gone.`);
  }
  const files = [
    ["leaf.json", found.leaf],
    ["leaf.tlog-proof", found.proof],
    ["opening.json", `${JSON.stringify(found.opening, null, 2)}\n`],
  ] as const;
  try {
    mkdirSync(values.out, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(values.out, name), content);
  } catch (cause) {
    throw new CommandError(`${values.out} cannot be written to; choose another folder with --out.`, { cause });
  }
  for (const [name] of files) io.out(join(values.out, name));
  const [leaf, proof] = [join(values.out, "leaf.json"), join(values.out, "leaf.tlog-proof")];
  io.out(`Anybody can check it: node ledger/verify.ts proof ${proof} --entry ${leaf} --key ${signer.verifierKey}`);
  return 0;
}

async function checkpoint({ db, signer }: Running, args: readonly string[], io: CommandOutput): Promise<number> {
  const { json } = readOptions(args, { json: { type: "boolean", default: false } }).values;
  const note = await publishedReader(db).read("checkpoint");
  if (note === undefined) throw new CommandError("Nothing was signed yet; run: npm start");
  const text = note.toString("utf8");
  if (json) io.out(JSON.stringify({ checkpoint: text, key: signer.verifierKey }, null, 2));
  else io.out(text.trimEnd());
  return 0;
}

function printKey(signer: NoteSigner, args: readonly string[], io: CommandOutput): number {
  readOptions(args, {});
  io.out(signer.verifierKey);
  return 0;
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>["options"] & {};

function readOptions<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split(/[.\n]/)[0] : String(cause);
    throw new CommandError(`${reason}; see: ubada ledger --help`, { cause });
  }
}
