import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Checkpoint } from "./checkpoint.ts";
import type { EntryDetail } from "./entry-detail.ts";
import { folderReader } from "./folder-reader.ts";
import { LogBroken } from "./log-broken.ts";
import { type LogReader, LogUnreadable } from "./log-reader.ts";
import { verifyReceipt } from "./receipt.ts";
import { type NoteVerifier, noteOfBytes, parseVerifierKey } from "./signed-note.ts";
import { verifyTlogProof } from "./tlog-proof.ts";
import { urlReader } from "./url-reader.ts";
import { BadVerifierKey } from "./verifier-key.ts";
import { verifyLog } from "./verify-log.ts";

export const verifyUsage = `verify FOLDER-OR-URL --key VKEY [--previous FILE] [--json]
verify proof PROOF-FILE --entry FILE --key VKEY [--json]
verify receipt FILE --key VKEY [--json]

The first checks a whole log: every entry, every hash, and the signature. The second checks one entry, without the log.
The third checks a receipt as it was downloaded, without the log, and prints what it proves.

  --key VKEY        the public key of the log, such as example.org/log+033de0ae+Ac4z…; get it from the controller by
                    another way than the log itself
  --previous FILE   a checkpoint of this log that you kept: the log must still begin with everything it had then
  --entry FILE      the entry, byte by byte as it stands in the log
  --json            print the outcome as one line of JSON

Ends with 0 when all is in order, 1 when something is broken, and 2 when nothing could be checked.`;

export interface VerifyIo {
  out(line: string): void;
  /** Called often: how many entries of how many are checked. */
  progress?(checked: number, total: number): void;
}

/** What was found, as `--json` prints it. */
type Outcome =
  | { ok: true; origin: string; size: number; root: string; index?: number; hour?: string; detail?: EntryDetail }
  | { ok: false; code: string; message: string };

class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
}

/** Returns the exit code: 0 in order, 1 broken, 2 nothing could be checked. Throws only what no user can help. */
export async function runVerify(args: readonly string[], io: VerifyIo): Promise<0 | 1 | 2> {
  const asJson = args.includes("--json");
  const print = (outcome: Outcome, sentence: string) => io.out(asJson ? JSON.stringify(outcome) : sentence);
  try {
    const options = readOptions(args);
    if (options.help) io.out(verifyUsage);
    else if (options.proof !== undefined) await runProof(options, options.proof, print);
    else if (options.receipt !== undefined) await runReceipt(options, options.receipt, print);
    else await runLog(options, io, print);
    return 0;
  } catch (error) {
    const isBroken = error instanceof LogBroken;
    if (!isBroken && !couldNotCheck(error)) throw error;
    const { code, message } = error;
    print({ ok: false, code, message }, isBroken ? `Broken (${code}). ${message}` : message);
    return isBroken ? 1 : 2;
  }
}

function couldNotCheck(error: unknown): error is UsageError | BadVerifierKey | LogUnreadable {
  return error instanceof UsageError || error instanceof BadVerifierKey || error instanceof LogUnreadable;
}

type Options = ReturnType<typeof readOptions>;
type Print = (outcome: Outcome, sentence: string) => void;

async function runLog(options: Options, io: VerifyIo, print: Print): Promise<void> {
  const reader = openLog(options.target);
  const verifier = readKey(options.key);
  const previous = options.previous === undefined ? undefined : noteOfBytes(await readInput(options.previous));
  const { checkpoint } = await verifyLog(reader, verifier, { previous, onProgress: io.progress?.bind(io) });
  const { origin, size } = checkpoint;
  const kept = previous === undefined ? "" : " It goes on from the checkpoint that you kept.";
  print(
    { ok: true, ...describe(checkpoint) },
    `In order: «${origin}» holds ${size} entries, each where its signed checkpoint says.${kept}`,
  );
}

async function runProof(options: Options, proofFile: string, print: Print): Promise<void> {
  if (options.entry === undefined) throw new UsageError("Give --entry FILE, the entry that the proof is about.");
  const verifier = readKey(options.key);
  const [proof, entry] = await Promise.all([readInput(proofFile), readInput(options.entry)]);
  const { checkpoint, index } = verifyTlogProof(noteOfBytes(proof), entry, verifier);
  const { origin, size } = checkpoint;
  print(
    { ok: true, ...describe(checkpoint), index },
    `In order: this is entry ${index}, counted from 0, of the ${size} that «${origin}» had when it signed.`,
  );
}

async function runReceipt(options: Options, file: string, print: Print): Promise<void> {
  const verifier = readKey(options.key);
  const { checkpoint, index, hour, detail } = verifyReceipt(await readInput(file), verifier);
  const { origin, size } = checkpoint;
  const lines = Object.entries(detail).map(([name, said]) => `  ${name}: ${typeof said === "string" ? said : said.join(", ")}`);
  print(
    { ok: true, ...describe(checkpoint), index, hour, detail },
    [`In order: entry ${index} of the ${size} in «${origin}», made in the hour ${hour}, commits to this:`, ...lines].join("\n"),
  );
}

function describe({ origin, size, root }: Checkpoint) {
  return { origin, size, root: root.toString("base64") };
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [first, second, ...rest] = positionals;
  const kind = first === "proof" || first === "receipt" ? first : undefined;
  const isTooMany = rest.length > 0 || (kind === undefined && second !== undefined);
  if (isTooMany) throw new UsageError("That is one file or folder too many.");
  if (kind !== undefined && second === undefined && !values.help) {
    throw new UsageError(`Give the file of the ${kind}; for a folder of that name write ./${kind}.`);
  }
  return {
    ...values,
    target: kind === undefined ? first : undefined,
    proof: kind === "proof" ? second : undefined,
    receipt: kind === "receipt" ? second : undefined,
  };
}

function parse(args: readonly string[]) {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean", default: false } as const;
    const options = { key: text, previous: text, entry: text, json: flag, help: flag };
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split(/[.\n]/)[0] : String(cause);
    throw new UsageError(`${reason}: see --help for the options.`, { cause });
  }
}

function openLog(target: string | undefined): LogReader {
  if (target === undefined) throw new UsageError("Give the folder or the address of the log; see --help.");
  if (/^https?:\/\//i.test(target)) {
    if (!URL.canParse(target)) throw new UsageError("The address of the log is not one.");
    return urlReader(target);
  }
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) throw new UsageError(`There is no folder ${target}.`);
  return folderReader(target);
}

function readKey(key: string | undefined): NoteVerifier {
  if (key === undefined) throw new UsageError("Give --key VKEY, the public key of the log.");
  return parseVerifierKey(key);
}

async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UsageError(`The file ${file} cannot be read.`, { cause });
  }
}
