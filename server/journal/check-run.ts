import type { Kysely } from "kysely";
import { LogBroken } from "../../ledger/log-broken.ts";
import type { NoteVerifier } from "../../ledger/signed-note.ts";
import type { Database } from "../database/schema-types.ts";
import { LeafLost } from "./check-journal.ts";
import { LedgerForked } from "./require-ledger.ts";
import { type CheckProgress, checkLedger, type LedgerCheck } from "./check-ledger.ts";

/** Where a check of the whole ledger stands. `broken`: the ledger itself is not whole; the sentence names the place. */
export type CheckState =
  | { readonly kind: "never" }
  | { readonly kind: "running"; readonly progress: CheckProgress }
  | { readonly kind: "done"; readonly at: Temporal.Instant; readonly found: LedgerCheck }
  | { readonly kind: "broken"; readonly at: Temporal.Instant; readonly sentence: string };

/** One check at a time, however many ask for it; what the last one found is kept until the server stops. */
export class LedgerCheckRun {
  readonly #means: CheckMeans;
  #state: CheckState = { kind: "never" };
  #running: Promise<void> | undefined;

  constructor(means: CheckMeans) {
    this.#means = means;
  }

  get state(): CheckState {
    return this.#state;
  }

  /** Begins a check, or joins the one that runs; resolves when it has ended. Rejects only if the database fails. */
  start(): Promise<void> {
    this.#running ??= this.#check().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #check(): Promise<void> {
    const { db, now } = this.#means;
    const before = this.#state;
    this.#state = { kind: "running", progress: { part: "tree", checked: 0, total: 0 } };
    try {
      const found = await checkLedger(db, this.#means, (progress) => {
        this.#state = { kind: "running", progress };
      });
      this.#state = { kind: "done", at: now(), found };
    } catch (error) {
      this.#state = before;
      const isBroken = error instanceof LogBroken || error instanceof LeafLost || error instanceof LedgerForked;
      if (!isBroken) throw error;
      this.#state = { kind: "broken", at: now(), sentence: error.message };
    }
  }
}

interface CheckMeans {
  readonly db: Kysely<Database>;
  readonly verifier: NoteVerifier;
  readonly folder: string;
  readonly now: () => Temporal.Instant;
}
