import type { Kysely, Transaction } from "kysely";
import type { CategoryUnder, GroundId, Grounds, OperationUnder } from "../../policy/language/grounds.ts";
import type { Operation } from "../../policy/language/operations.ts";
import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import type { Database } from "../database/schema-types.ts";
import type { Actor } from "../journal/append-entry.ts";
import type { ReceiptContent } from "../journal/receipt-content.ts";
import type { KeyEncryptionKeys } from "./key-encryption-keys.ts";
import { type Answer, type Ask, openInOneTrip } from "./open-in-one-trip.ts";
import { type OpenSubject, openSubject } from "./open-subject.ts";
import { openTogether } from "./open-together.ts";
import type { RandomBytes } from "./seal.ts";

/** What somebody asks of the gate: why, to do what, with which kinds of data, and who asks. */
interface Reason<P extends Grounds, G extends GroundId<P>, C extends CategoryUnder<P, G>> {
  readonly purpose: G;
  readonly operation: OperationUnder<P, G> & Operation;
  readonly categories: readonly C[];
  readonly actor: Actor;
}

/** The use of one person's data. */
export interface Use<P extends Grounds, G extends GroundId<P>, C extends CategoryUnder<P, G>> extends Reason<P, G, C> {
  readonly subject: string;
  /** Only what came with this record (an enquiry); otherwise everything the person gave. */
  readonly record?: string;
  /** What the person does by it, where they get a receipt of that. */
  readonly receipt?: ReceiptContent;
}

/** The same use of many people's data. */
export interface UseOfMany<P extends Grounds, G extends GroundId<P>, C extends CategoryUnder<P, G>>
  extends Reason<P, G, C> {
  /** Each once. */
  readonly subjects: readonly string[];
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

/** A batch that names somebody twice: they would have two journal rows for one reading. */
export class SubjectAskedTwice extends Error {
  readonly code = "subject-asked-twice";
  constructor(place: number) {
    super(`Subject ${place} of the batch was named in it before: name each once, for each has one journal row.`);
  }
}

/** So many rows stay locked until their batch commits, and so much is in memory at a time. */
const subjectsPerTrip = 500;

/** The only door into the vault. What it opens lives exactly as long as the callback. */
export class Gate<P extends Grounds> {
  readonly #means: GateMeans;
  readonly #open: (ask: Ask) => Promise<Answer>;

  constructor(means: GateMeans) {
    this.#means = means;
    this.#open = openTogether({
      together: (asks) => openInOneTrip(means.db, asks, means, { wait: false }),
      alone: (ask) => this.#openAlone(means.db, ask),
    });
  }

  /**
   * Opens the data in one round trip, which uses that come together share, and calls back only once the journal row is
   * durable: nobody holds data whose reading could still be forgotten. A refusal is journaled too, and is a value.
   * Whoever stops after that commit stops the next use, not this one.
   */
  async use<G extends GroundId<P>, C extends CategoryUnder<P, G>, T>(
    use: Use<P, G, C>,
    read: (opened: OpenSubject<C>) => T | Promise<T>,
  ): Promise<UseOutcome<T>> {
    return this.#read(await this.#open(use), use, read);
  }

  /**
   * The same in the caller's transaction, for writing under the key: until it commits nobody can stop the subject. What
   * was read must not leave before that.
   */
  async useWithin<G extends GroundId<P>, C extends CategoryUnder<P, G>, T>(
    tx: Transaction<Database>,
    use: Use<P, G, C>,
    read: (opened: OpenSubject<C>) => T | Promise<T>,
  ): Promise<UseOutcome<T>> {
    return this.#read(await this.#openAlone(tx, use), use, read);
  }

  /**
   * Opens the data of many people, 500 to a round trip, each decided and journaled by itself; calls back for one after
   * the other, with one key open at a time, once the journal rows of their round trip are durable. The outcomes are in
   * the order of `subjects`. When a callback throws, what has been opened stays journaled, and the rest is not opened.
   *
   * @throws SubjectAskedTwice before anything is opened
   */
  async useMany<G extends GroundId<P>, C extends CategoryUnder<P, G>, T>(
    use: UseOfMany<P, G, C>,
    read: (opened: OpenSubject<C>, subject: string) => T | Promise<T>,
  ): Promise<readonly UseOutcome<T>[]> {
    requireEachOnce(use.subjects);
    const outcomes: UseOutcome<T>[] = [];
    for (let from = 0; from < use.subjects.length; from += subjectsPerTrip) {
      const subjects = use.subjects.slice(from, from + subjectsPerTrip);
      const asks = subjects.map((subject) => ({ ...use, subject }));
      const answers = await openInOneTrip(this.#means.db, asks, this.#means, { wait: true });
      for (const [index, subject] of subjects.entries()) {
        const asked = { subject, categories: use.categories };
        outcomes.push(await this.#read(answers[index], asked, (opened) => read(opened, subject)));
      }
    }
    return outcomes;
  }

  async #openAlone(db: Kysely<Database>, ask: Ask): Promise<Answer> {
    const [answer] = await openInOneTrip(db, [ask], this.#means, { wait: true });
    if (!answer) throw new Error("the vault gave no answer");
    return answer;
  }

  async #read<C extends string, T>(
    answer: Answer | undefined,
    asked: { readonly subject: string; readonly categories: readonly C[] },
    read: (opened: OpenSubject<C>) => T | Promise<T>,
  ): Promise<UseOutcome<T>> {
    if (!answer) throw new Error("the vault gave no answer");
    if (answer.kind === "refused") return answer;
    const { keys } = this.#means;
    if (!keys.has(answer.key.epoch)) await keys.find(answer.key.epoch);
    const key = keys.unwrap(asked.subject, answer.key);
    try {
      return { kind: "done", value: await read(openSubject(asked, answer.attributes, key, this.#means.randomBytes)) };
    } finally {
      key.fill(0);
    }
  }
}

function requireEachOnce(subjects: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, subject] of subjects.entries()) {
    if (seen.has(subject)) throw new SubjectAskedTwice(index + 1);
    seen.add(subject);
  }
}
