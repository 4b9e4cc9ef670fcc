import type { LogReader } from "../../ledger/log-reader.ts";
import { openCheckpoint } from "../../ledger/open-checkpoint.ts";
import { proveConsistency, verifyConsistency } from "../../ledger/proofs.ts";
import { type NoteVerifier, noteOfBytes } from "../../ledger/signed-note.ts";
import { readPublished } from "./publish-ledger.ts";

/** What was published is not the beginning of what the database holds. */
export class LedgerForked extends Error {
  readonly code = "ledger-forked";
  constructor(folder: string, published: number, held: number) {
    const what =
      held < published
        ? `Published in ${folder} are ${published} entries, but the ledger in the database has ${held}: the database is older.`
        : `The first ${published} entries of the ledger in the database are not those published in ${folder}: it was altered.`;
    super(`${what} Put back the database that belongs to this folder; do not delete the folder, it is the evidence.`);
  }
}

/** `nothing-published`: the database has a ledger, but the folder of plain files is empty or gone. */
export type Continuation = "new" | "continued" | "nothing-published";

/**
 * Refuses to go on with a database whose ledger is not a continuation of what this installation has published: the last
 * checkpoint in the folder of plain files. Where there is none nothing can be compared, which is for the caller to tell.
 */
export async function requireLedger(reader: LogReader, folder: string, verifier: NoteVerifier): Promise<Continuation> {
  const published = await readPublished(folder);
  const note = await reader.read("checkpoint");
  if (published === undefined) return note === undefined ? "new" : "nothing-published";
  const old = openCheckpoint(noteOfBytes(published), verifier);
  if (note === undefined) throw new LedgerForked(folder, old.size, 0);
  const held = openCheckpoint(noteOfBytes(note), verifier);
  if (held.size < old.size) throw new LedgerForked(folder, old.size, held.size);
  const sizes = { oldSize: old.size, newSize: held.size };
  const proof = await proveConsistency(reader, sizes.oldSize, sizes.newSize);
  if (!verifyConsistency({ ...sizes, oldRoot: old.root, newRoot: held.root, proof })) {
    throw new LedgerForked(folder, old.size, held.size);
  }
  return "continued";
}
