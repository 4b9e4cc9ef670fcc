import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Checkpoint } from "./checkpoint.ts";
import { type Cosignature, parseWitnessKey } from "./cosignature.ts";
import type { EntryDetail } from "./entry-detail.ts";
import { folderReader } from "./folder-reader.ts";
import { LogBroken } from "./log-broken.ts";
import { type LogReader, LogUnreadable } from "./log-reader.ts";
import { verifyReceipt } from "./receipt.ts";
import type { WitnessRule } from "./require-witnesses.ts";
import { type NoteVerifier, noteOfBytes, parseVerifierKey } from "./signed-note.ts";
import { verifyTlogProof } from "./tlog-proof.ts";
import { urlReader } from "./url-reader.ts";
import { BadVerifierKey } from "./verifier-key.ts";
import { verifyLog } from "./verify-log.ts";

export const verifyUsage = `verify FOLDER-OR-URL --key VKEY [--previous FILE] [--witness VKEY …] [--quorum N] [--json]
verify proof PROOF-FILE --entry FILE --key VKEY [--witness VKEY …] [--quorum N] [--json]
verify receipt FILE --key VKEY [--witness VKEY …] [--quorum N] [--json]

The first checks a whole log: every entry, every hash, and the signature. The second checks one entry, without the log.
The third checks a receipt as it was downloaded, without the log, and prints what it proves.

  --key VKEY        the public key of the log, such as example.org/log+033de0ae+Ac4z…; get it from the controller by
                    another way than the log itself
  --witness VKEY    the public key of a witness that must have cosigned the checkpoint, such as witness.example+67f7aea0+BEqS…;
                    may be given more than once. Get it from the witness
  --quorum N        how many of the witnesses are enough; all of them, where this is left out
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
  | {
      ok: true;
      origin: string;
      size: number;
      root: string;
      index?: number;
      number?: string;
      hour?: string;
      detail?: EntryDetail;
      witnesses?: readonly WitnessOutcome[];
    }
  | { ok: false; code: string; message: string };

/** `time`: when the witness cosigned, by its clock. */
interface WitnessOutcome {
  readonly name: string;
  readonly time: string;
}

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
  const witnesses = readWitnesses(options, verifier);
  const previous = options.previous === undefined ? undefined : noteOfBytes(await readInput(options.previous));
  const onProgress = io.progress?.bind(io);
  const { checkpoint, cosignatures } = await verifyLog(reader, verifier, { previous, witnesses, onProgress });
  const { origin, size } = checkpoint;
  const kept = previous === undefined ? "" : " It goes on from the checkpoint that you kept.";
  print(
    { ok: true, ...describe(checkpoint), ...describeWitnesses(witnesses, cosignatures) },
    `In order: «${origin}» holds ${size} entries, each where its signed checkpoint says.${kept}${sayWitnesses(cosignatures)}`,
  );
}

async function runProof(options: Options, proofFile: string, print: Print): Promise<void> {
  if (options.entry === undefined) throw new UsageError("Give --entry FILE, the entry that the proof is about.");
  const verifier = readKey(options.key);
  const witnesses = readWitnesses(options, verifier);
  const [proof, entry] = await Promise.all([readInput(proofFile), readInput(options.entry)]);
  const { checkpoint, index, cosignatures } = verifyTlogProof(noteOfBytes(proof), entry, verifier, witnesses);
  const { origin, size } = checkpoint;
  print(
    { ok: true, ...describe(checkpoint), index, ...describeWitnesses(witnesses, cosignatures) },
    `In order: this is entry ${index}, counted from 0, of the ${size} that «${origin}» had when it signed.${sayWitnesses(cosignatures)}`,
  );
}

async function runReceipt(options: Options, file: string, print: Print): Promise<void> {
  const verifier = readKey(options.key);
  const witnesses = readWitnesses(options, verifier);
  const verified = verifyReceipt(await readInput(file), verifier, witnesses);
  const { checkpoint, index, number, hour, detail, cosignatures } = verified;
  const { origin, size } = checkpoint;
  const lines = Object.entries(detail).map(([name, said]) => `  ${name}: ${typeof said === "string" ? said : said.join(", ")}`);
  print(
    { ok: true, ...describe(checkpoint), index, number, hour, detail, ...describeWitnesses(witnesses, cosignatures) },
    [
      `In order: receipt ${number}. Entry ${index}, counted from 0, of the ${size} in «${origin}», made in the hour ${hour}, commits ` +
        `to this:${sayWitnesses(cosignatures)}`,
      ...lines,
    ].join("\n"),
  );
}

function describe({ origin, size, root }: Checkpoint) {
  return { origin, size, root: root.toString("base64") };
}

function describeWitnesses(rule: WitnessRule | undefined, cosignatures: readonly Cosignature[]) {
  if (rule === undefined) return {};
  return { witnesses: cosignatures.map(({ witness, time }) => ({ name: witness, time: time.toString() })) };
}

function sayWitnesses(cosignatures: readonly Cosignature[]): string {
  return cosignatures.map(({ witness, time }) => ` The witness «${witness}» saw this checkpoint at ${time.toString()}.`).join("");
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
    const many = { type: "string", multiple: true } as const;
    const options = { key: text, previous: text, entry: text, witness: many, quorum: text, json: flag, help: flag };
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
  if (isFolder === false) throw new UsageError(`${target} is a file; for a receipt: verify receipt ${target}.`);
  if (isFolder === undefined) throw new UsageError(`There is no folder ${target}.`);
  return folderReader(target);
}

function readKey(key: string | undefined): NoteVerifier {
  if (key === undefined || key === "") throw new UsageError("Give --key VKEY, the public key of the log.");
  return parseVerifierKey(key);
}

/** Undefined when nobody is named. One key under two names would count twice, and the log's own proves nothing. */
function readWitnesses({ witness: keys = [], quorum }: Options, log: NoteVerifier): WitnessRule | undefined {
  const witnesses = keys.map(parseWitnessKey);
  const distinct = new Set([log, ...witnesses].map(({ publicKey }) => publicKey.toString("hex")));
  if (distinct.size <= witnesses.length) throw new UsageError("Two of the keys are the same; give each witness its own.");
  const wanted = quorum === undefined ? witnesses.length : Number(quorum);
  if (!Number.isInteger(wanted) || (quorum !== undefined && wanted < 1) || wanted > witnesses.length) {
    throw new UsageError("--quorum is a number from 1 to that of the witnesses given with --witness.");
  }
  return witnesses.length === 0 ? undefined : { witnesses, quorum: wanted };
}

async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory();
    throw new UsageError(isFolder ? `${file} is a folder; give a file.` : `The file ${file} cannot be read.`, { cause });
  }
}
