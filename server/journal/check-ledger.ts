import type { Kysely } from "kysely";
import type { Checkpoint } from "../../ledger/checkpoint.ts";
import { folderReader } from "../../ledger/folder-reader.ts";
import type { NoteVerifier } from "../../ledger/signed-note.ts";
import { verifyLog } from "../../ledger/verify-log.ts";
import type { Database } from "../database/schema-types.ts";
import { checkJournal, type JournalCheck } from "./check-journal.ts";
import { ledgerReader } from "./ledger-reader.ts";
import { requireLedger } from "./require-ledger.ts";

/** Without flaws where nobody touched the journal. */
export interface LedgerCheck extends JournalCheck {
  readonly checkpoint: Checkpoint;
}

/** How far a check has come: first every leaf and tile, then every journal entry; `total` is the size of the ledger. */
export interface CheckProgress {
  readonly part: "tree" | "journal";
  readonly checked: number;
  readonly total: number;
}

/**
 * The whole check that the operator, the console and the tests run: what was published in `folder`; the tree in the
 * database with its signature; that it continues what was published, and the checkpoint that somebody kept, if one is
 * given; and every journal entry. Throws LogBroken or LedgerForked for a ledger that is not whole.
 */
export async function checkLedger(
  db: Kysely<Database>,
  means: {
    readonly verifier: NoteVerifier;
    readonly folder: string;
    readonly now: () => Temporal.Instant;
    readonly previous?: string | undefined;
  },
  onProgress: (progress: CheckProgress) => void = () => {},
): Promise<LedgerCheck> {
  const { verifier, folder, now, previous } = means;
  const reader = ledgerReader(db);
  const onTree = (checked: number, total: number) => onProgress({ part: "tree", checked, total });
  if ((await requireLedger(reader, folder, verifier)) === "continued") {
    await verifyLog(folderReader(folder), verifier, { onProgress: onTree });
  }
  const { checkpoint } = await verifyLog(reader, verifier, { previous, onProgress: onTree });
  const { size: total } = checkpoint;
  const found = await checkJournal(db, now(), (checked) => onProgress({ part: "journal", checked, total }));
  return { checkpoint, ...found };
}
