import { type Kysely, sql, type Transaction } from "kysely";
import type { CategoryUnder, GroundId, Grounds, OperationUnder } from "../../policy/language/grounds.ts";
import type { Operation } from "../../policy/language/operations.ts";
import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import type { Database } from "../database/schema-types.ts";
import type { Actor } from "../journal/append-entry.ts";
import type { KeyEncryptionKeys } from "./key-encryption-keys.ts";
import { type OpenSubject, openSubject } from "./open-subject.ts";
import type { RandomBytes } from "./seal.ts";

/** What somebody asks of the gate: whose data, why, to do what, of which kinds, and who asks. */
export interface Use<P extends Grounds, G extends GroundId<P>, C extends CategoryUnder<P, G>> {
  readonly subject: string;
  readonly purpose: G;
  readonly operation: OperationUnder<P, G> & Operation;
  readonly categories: readonly C[];
  readonly actor: Actor;
  /** Only what came with this record (an enquiry); otherwise everything the person gave. */
  readonly record?: string;
}

export type UseOutcome<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "refused"; readonly reason: UseRefusal; readonly clause: string };

export interface GateMeans {
  readonly db: Kysely<Database>;
  readonly keys: KeyEncryptionKeys;
  readonly now: () => Temporal.Instant;
  readonly newId: () => string;
  readonly randomBytes: RandomBytes;
}

/** The only door into the vault. What it opens lives exactly as long as the callback. */
export class Gate<P extends Grounds> {
  readonly #means: GateMeans;

  constructor(means: GateMeans) {
    this.#means = means;
  }

  /**
   * Opens the data in a transaction of its own and gives the callback's value only once the journal row is durable:
   * nobody holds data whose reading could still be forgotten. A refusal is journaled too, and is a value.
   */
  async use<G extends GroundId<P>, C extends CategoryUnder<P, G>, T>(
    use: Use<P, G, C>,
    read: (opened: OpenSubject<C>) => T | Promise<T>,
  ): Promise<UseOutcome<T>> {
    return this.#means.db.transaction().execute((tx) => this.useWithin(tx, use, read));
  }

  /** The same in the caller's transaction, for writing under the key; what was read must not leave before it commits. */
  async useWithin<G extends GroundId<P>, C extends CategoryUnder<P, G>, T>(
    tx: Transaction<Database>,
    use: Use<P, G, C>,
    read: (opened: OpenSubject<C>) => T | Promise<T>,
  ): Promise<UseOutcome<T>> {
    const opened = await this.#openKey(tx, use);
    if (opened.kind === "refused") return opened;
    try {
      const subject = await openSubject(tx, use, opened.key, this.#means.randomBytes);
      return { kind: "done", value: await read(subject) };
    } finally {
      opened.key.fill(0);
    }
  }

  async #openKey(
    tx: Transaction<Database>,
    use: Omit<Use<P, GroundId<P>, never>, "operation" | "categories"> & {
      readonly operation: string;
      readonly categories: readonly string[];
    },
  ): Promise<{ kind: "opened"; key: Buffer } | { kind: "refused"; reason: UseRefusal; clause: string }> {
    const { keys, now, newId } = this.#means;
    const staffId = use.actor.kind === "staff" ? use.actor.staffId : null;
    const { rows } = await sql<OpenKeyRow>`select * from vault.open_key(
      ${use.subject}, ${newId()}, ${now()}, ${use.purpose}, ${use.operation}, ${[...use.categories]},
      ${use.actor.kind}, ${staffId})`.execute(tx);
    const [row] = rows;
    if (!row) throw new Error("vault.open_key returned no row");
    if (row.outcome === "refused") return { kind: "refused", reason: row.reason, clause: row.clause };
    return { kind: "opened", key: keys.unwrap(use.subject, { epoch: row.kek_epoch, wrapped: row.wrapped_key }) };
  }
}

type OpenKeyRow =
  | { outcome: "refused"; reason: UseRefusal; clause: string }
  | { outcome: "done"; clause: string; kek_epoch: number; wrapped_key: Buffer };
