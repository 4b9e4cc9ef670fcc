import type { Checkpoint } from "../../ledger/checkpoint.ts";
import type { LogReader } from "../../ledger/log-reader.ts";
import { openCheckpoint } from "../../ledger/open-checkpoint.ts";
import { proveConsistency, verifyConsistency } from "../../ledger/proofs.ts";
import { type NoteVerifier, noteOfBytes } from "../../ledger/signed-note.ts";
import { readKept } from "./publish-ledger.ts";

/** What was signed is not the beginning of what the database holds. */
export class LedgerForked extends Error {
  readonly code = "ledger-forked";
  constructor(folder: string, signed: number, held: number) {
    const what =
      held < signed
        ? `Signed in ${folder} are ${signed} entries, but the ledger in the database has ${held}: the database is older.`
        : `The first ${signed} entries of the ledger in the database are not those signed in ${folder}: it was altered.`;
    super(`${what} Put back the database that belongs to this folder; do not delete the folder, it is the evidence.`);
  }
}

/** `nothing-published`: the database has a ledger, but the folder of plain files is empty or gone. */
export type Continuation = "new" | "continued" | "nothing-published";

/**
 * Refuses to go on with a database whose ledger is not a continuation of what this installation has signed: the last
 * checkpoints in the folder of plain files. Where there is none nothing can be compared, which is for the caller to tell.
 */
export async function requireLedger(reader: LogReader, folder: string, verifier: NoteVerifier): Promise<Continuation> {
  const kept = await Promise.all([readKept(folder, "checkpoint"), readKept(folder, "signed-checkpoint")]);
  const note = await reader.read("checkpoint");
  const held = note === undefined ? undefined : openCheckpoint(noteOfBytes(note), verifier);
  const signed = kept.filter((file) => file !== undefined).map((file) => openCheckpoint(noteOfBytes(file), verifier));
  for (const old of signed) {
    if (held === undefined || !(await continues(reader, old, held))) throw new LedgerForked(folder, old.size, held?.size ?? 0);
  }
  if (signed.length > 0) return "continued";
  return held === undefined ? "new" : "nothing-published";
}

async function continues(reader: LogReader, old: Checkpoint, held: Checkpoint): Promise<boolean> {
  if (held.size < old.size) return false;
  const proof = await proveConsistency(reader, old.size, held.size);
  return verifyConsistency({ oldSize: old.size, newSize: held.size, oldRoot: old.root, newRoot: held.root, proof });
}
