import type { Kysely } from "kysely";
import type { Checkpoint } from "../../ledger/checkpoint.ts";
import { openCheckpoint } from "../../ledger/open-checkpoint.ts";
import { proveInclusion } from "../../ledger/proofs.ts";
import type { NoteVerifier } from "../../ledger/signed-note.ts";
import { encodeTlogProof } from "../../ledger/tlog-proof.ts";
import type { Unpublished } from "../../ledger/journal-leaf.ts";
import type { Database } from "../database/schema-types.ts";
import { cosignedNote, mostCosigned } from "./choose-checkpoint.ts";
import { readCosigned } from "./cosigned-checkpoints.ts";
import { entryColumns, hourOf, leafOfEntry } from "./leaf-of-entry.ts";
import { ledgerReader } from "./ledger-reader.ts";

/** All that a stranger needs to see that an entry was written, and when: nothing of it names the person it is about. */
export interface EntryProof {
  /** The bytes of the leaf, canonical JSON. */
  readonly leaf: Buffer;
  /** A C2SP tlog-proof of it, with the signed checkpoint. */
  readonly proof: string;
  /** What the commitment in the leaf commits to, and the random bytes that open it, in base64url. */
  readonly opening: Unpublished & { readonly opening: string };
  /** What the entry commits to, where the person has a receipt of it. */
  readonly detail: Buffer | null;
  /** Where it stands, from 0, by which checkpoint, and when it was made, as the leaf tells it. */
  readonly index: number;
  readonly checkpoint: Checkpoint;
  readonly hour: string;
}

/** Undefined for an entry that is not there, or not in the ledger yet (it will be, within seconds). */
export async function proveEntry(
  db: Kysely<Database>,
  verifier: NoteVerifier,
  entryId: string,
): Promise<EntryProof | undefined> {
  const row = await db
    .selectFrom("ledger.leaf as leaf")
    .innerJoin("journal.entry as entry", "entry.entry_id", "leaf.entry_id")
    .select([...entryColumns, "leaf.position", "leaf.opening"])
    .where("leaf.entry_id", "=", entryId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const reader = ledgerReader(db);
  const index = Number(row.position);
  const note = await readCheckpointOver(db, index);
  const checkpoint = openCheckpoint(note, verifier);
  const proof = await proveInclusion(reader, checkpoint.size, index);
  return {
    leaf: leafOfEntry(row, row.opening),
    proof: encodeTlogProof({ index, proof, checkpoint: note }),
    detail: row.detail,
    index,
    checkpoint,
    hour: hourOf(row.at),
    opening: {
      at: row.at.toString(),
      entry: row.entry_id,
      staff: row.staff_id,
      opening: row.opening.toString("base64url"),
    },
  };
}

/** A checkpoint that counts the entry at this place: the one that most witnesses have cosigned, or the last signed. */
async function readCheckpointOver(db: Kysely<Database>, index: number): Promise<string> {
  const cosigned = mostCosigned(await readCosigned(db, index + 1));
  if (cosigned !== undefined && cosigned.lines.length > 0) return cosignedNote(cosigned);
  return (await db.selectFrom("ledger.checkpoint").select("note").executeTakeFirstOrThrow()).note;
}
