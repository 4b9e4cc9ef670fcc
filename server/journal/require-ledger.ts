import type { LogReader } from "../../ledger/log-reader.ts";
import { openCheckpoint } from "../../ledger/open-checkpoint.ts";
import { proveConsistency, verifyConsistency } from "../../ledger/proofs.ts";
import { type NoteVerifier, noteOfBytes } from "../../ledger/signed-note.ts";
import { readPublished } from "./publish-ledger.ts";

/** What was published is not the beginning of what the database holds. */
export class LedgerForked extends Error {
  readonly code = "ledger-forked";
  constructor(folder: string, published: number, held: number) {
    super(
      `The ledger in ${folder} has ${published} entries that are not the first of the ${held} in the database: the database ` +
        "is older than what was published, or was altered. Put back the database that belongs to this folder; do not " +
        "delete the folder, it is the evidence.",
    );
  }
}

/**
 * Refuses to go on with a database whose ledger is not a continuation of what this installation has published: the last
 * checkpoint in the folder of plain files. An installation that never published is not refused.
 */
export async function requireLedger(reader: LogReader, folder: string, verifier: NoteVerifier): Promise<void> {
  const published = await readPublished(folder);
  if (published === undefined) return;
  const old = openCheckpoint(noteOfBytes(published), verifier);
  const note = await reader.read("checkpoint");
  if (note === undefined) throw new LedgerForked(folder, old.size, 0);
  const held = openCheckpoint(noteOfBytes(note), verifier);
  if (held.size < old.size) throw new LedgerForked(folder, old.size, held.size);
  const sizes = { oldSize: old.size, newSize: held.size };
  const proof = await proveConsistency(reader, sizes.oldSize, sizes.newSize);
  if (!verifyConsistency({ ...sizes, oldRoot: old.root, newRoot: held.root, proof })) {
    throw new LedgerForked(folder, old.size, held.size);
  }
}
