import type { Kysely, Transaction } from "kysely";
import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { appendEntry } from "../journal/append-entry.ts";
import { type Digest, normaliseEmail } from "../vault/blind-index.ts";
import { findSubject, lookUp } from "../vault/find-subject.ts";
import { newSubject, type NewSubject } from "../vault/new-subject.ts";
import { attributeIdentity } from "../vault/open-subject.ts";
import { storeSubject } from "../vault/store-subject.ts";

/** Whoever wrote: somebody whose data is held already, or somebody new, whose letter is all there is. */
export type Correspondent =
  | { readonly kind: "known"; readonly subjectId: string }
  | { readonly kind: "new"; readonly subjectId: string; readonly seal: NewSubject["seal"] };

/**
 * Finds the subject with this address or makes one, so that every letter lies under somebody's own key from its first
 * moment. `address` is undefined where nobody can be written to: a new subject is then found by nothing.
 */
export async function findCorrespondent(
  ctx: Context,
  tx: Transaction<Database>,
  letter: { readonly letterId: string; readonly address: string | undefined },
): Promise<Correspondent> {
  const { address } = letter;
  const found = address === undefined ? undefined : await lookUp({ db: tx, index: ctx.index }, "email", normaliseEmail(address));
  if (found?.subject !== undefined) return { kind: "known", subjectId: found.subject };

  const made = newSubject(ctx);
  if (address !== undefined && found && !(await claimAddress(tx, found.digest, made.subjectId))) {
    // Somebody with this address came in at the same moment, by a form or another letter.
    const other = await findSubject({ db: tx, index: ctx.index }, "email", normaliseEmail(address));
    if (other !== undefined) return { kind: "known", subjectId: other };
    throw new AddressContested();
  }
  await storeSubject(tx, made, ctx.now());
  if (address !== undefined) await keepAddress(ctx, tx, made, { letterId: letter.letterId, address });
  await journalCollection(ctx, tx, made.subjectId, address === undefined ? ["letter"] : ["email", "letter"]);
  return { kind: "new", subjectId: made.subjectId, seal: made.seal };
}

/** A subject was erased between being found and being opened; the letter has to come again, and then finds nobody. */
export class CorrespondentGone extends Error {
  readonly code: UseRefusal;
  constructor(reason: UseRefusal) {
    super("The person's data is being destroyed at this moment; the letter has to come again.");
    this.code = reason;
  }
}

/** The address was taken and given up within the same moment; nothing is stored, and the letter comes again. */
class AddressContested extends Error {
  readonly code = "address-contested";
}

/** The unique index decides who comes first: the second waits for the first to commit, and gets nothing. */
async function claimAddress(tx: Kysely<Database>, digest: Digest, subject: string): Promise<boolean> {
  const claimed = await tx
    .insertInto("vault.lookup")
    .values({ ...digest, subject_id: subject, category: "email", identifies: true })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return claimed.numInsertedOrUpdatedRows === 1n;
}

async function keepAddress(
  ctx: Context,
  tx: Kysely<Database>,
  subject: NewSubject,
  { letterId, address }: { readonly letterId: string; readonly address: string },
): Promise<void> {
  const attribute = ctx.newId();
  const identity = attributeIdentity(subject.subjectId, attribute, "email");
  await tx
    .insertInto("vault.attribute")
    .values({
      subject_id: subject.subjectId,
      attribute_id: attribute,
      record_id: letterId,
      category: "email",
      sealed: subject.seal(Buffer.from(address), identity),
      recorded_at: ctx.now(),
    })
    .execute();
}

async function journalCollection(
  ctx: Context,
  tx: Kysely<Database>,
  subject: string,
  categories: readonly ("email" | "letter")[],
): Promise<void> {
  await appendEntry(ctx, tx, subject, {
    entryId: ctx.newId(),
    at: ctx.now(),
    operation: "collection",
    purpose: "7",
    basis: "duty",
    clause: ctx.policy.duties["7"].clause,
    categories,
    actor: { kind: "subject" },
    policyVersion: ctx.policy.version,
  });
}
