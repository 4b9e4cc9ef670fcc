import type { Kysely } from "kysely";
import type { Checkpoint } from "../../ledger/checkpoint.ts";
import { noteOfBytes, type NoteVerifier } from "../../ledger/signed-note.ts";
import { verifyLog } from "../../ledger/verify-log.ts";
import type { Database } from "../database/schema-types.ts";
import { checkJournal, type JournalFlaw } from "./check-journal.ts";
import { ledgerReader } from "./ledger-reader.ts";
import { readPublished } from "./publish-ledger.ts";

export interface LedgerCheck {
  readonly checkpoint: Checkpoint;
  /** Entries that are not what the ledger says they were; empty in a journal that nobody touched. */
  readonly flaws: readonly JournalFlaw[];
}

/** How far a check has come: first every leaf and tile, then every journal entry; `total` is the size of the ledger. */
export interface CheckProgress {
  readonly part: "tree" | "journal";
  readonly checked: number;
  readonly total: number;
}

/**
 * The whole check that the operator, the console and the tests run: the tree with its signature, that it continues what
 * was published in `folder`, and every journal entry. Throws LogBroken for a ledger that is not whole.
 */
export async function checkLedger(
  db: Kysely<Database>,
  means: { readonly verifier: NoteVerifier; readonly folder: string },
  onProgress: (progress: CheckProgress) => void = () => {},
): Promise<LedgerCheck> {
  const published = await readPublished(means.folder);
  const { checkpoint } = await verifyLog(ledgerReader(db), means.verifier, {
    ...(published === undefined ? {} : { previous: noteOfBytes(published) }),
    onProgress: (checked, total) => onProgress({ part: "tree", checked, total }),
  });
  const { size: total } = checkpoint;
  const flaws = await checkJournal(db, (checked) => onProgress({ part: "journal", checked, total }));
  return { checkpoint, flaws };
}
