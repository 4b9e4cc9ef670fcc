import { type Kysely, sql, type Transaction } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { readLetter } from "../letters/read-letter.ts";
import { normaliseEmail } from "../vault/blind-index.ts";
import { findSubject } from "../vault/find-subject.ts";
import { inLiveEpoch } from "../vault/in-live-epoch.ts";
import { inLiveVersion } from "../vault/in-live-version.ts";
import { sendConfirmationLink } from "./confirmation-link.ts";
import { type Correspondent, CorrespondentGone, findCorrespondent } from "./correspondent.ts";
import { type OpenRequest, openRequest, requestKind } from "./open-request.ts";
import { type SortedLetter, sortLetter } from "./sort-letter.ts";
import { storeLetter } from "./store-letter.ts";

/** What became of a letter. The request is its sender's: one it opened, or joined because it repeats a demand. */
export type Received =
  | { readonly kind: "opened" | "joined"; readonly request: OpenRequest }
  /** The same letter again, byte for byte: it is stored already. */
  | { readonly kind: "duplicate" };

/**
 * Takes in a letter (7, 16, 17, 21). When this returns, the raw letter is stored, sealed under its sender's key, and
 * a request stands in the register: one transaction, so that a letter is either taken or comes again. Never tells the
 * sender anything but by a letter to an address on record. `returnPath`: the envelope's sender, empty for the null one.
 */
export async function receiveLetter(
  ctx: Context,
  { raw, returnPath }: { readonly raw: Buffer; readonly returnPath?: string },
): Promise<Received> {
  const letter = sortLetter(ctx.policy, await readLetter(raw), returnPath);
  const take = async (tx: Transaction<Database>): Promise<Received> => {
    const digest = ctx.index.newest("incoming-letter", raw);
    const earlier = ctx.index.earlier("incoming-letter", raw);
    if (await wasTaken(tx, [digest.digest, ...earlier])) return { kind: "duplicate" };
    const letterId = ctx.newId();
    // A robot that nobody knows is nobody to write to, so its address is not kept.
    const known = letter.automatic ? await findKnown(ctx, tx, letter.from) : undefined;
    const address = letter.automatic && known === undefined ? undefined : letter.from;
    const sender = await findCorrespondent(ctx, tx, { letterId, address });
    const received = await findRequest(ctx, tx, letter, sender);
    await storeLetter(ctx, tx, sender, { letterId, requestId: received.request.requestId, raw, digest });
    return received;
  };
  return inLiveEpoch(ctx.keys, () => inLiveVersion(ctx, () => ctx.db.transaction().execute(take)));
}

/** The lock makes the same letter, sent twice at once, wait for itself. `digests`: the newest first. */
async function wasTaken(tx: Kysely<Database>, digests: readonly [Buffer, ...Buffer[]]): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${digests[0].readBigInt64BE().toString()}::bigint)`.execute(tx);
  const taken = await tx
    .selectFrom("letters.incoming")
    .select("letter_id")
    .where("digest", "in", digests)
    .executeTakeFirst();
  return taken !== undefined;
}

async function findKnown(ctx: Context, tx: Kysely<Database>, address: string | undefined): Promise<string | undefined> {
  return address === undefined ? undefined : findSubject({ db: tx, index: ctx.index }, "email", normaliseEmail(address));
}

type Opened = Exclude<Received, { kind: "duplicate" }>;

/** Which request the letter belongs to, opening it where there is none. */
async function findRequest(
  ctx: Context,
  tx: Transaction<Database>,
  letter: SortedLetter,
  sender: Correspondent,
): Promise<Opened> {
  const stops = requestKind(ctx, letter.kind).stops;
  if (!stops || letter.automatic || letter.from === undefined) return toStaff(ctx, tx, letter, sender);
  switch (letter.stated.kind) {
    case "own":
      return demandToStop(ctx, tx, letter, sender, letter.from);
    case "other": {
      const { address } = letter.stated;
      const stated = await findKnown(ctx, tx, address);
      const demand = stated && (await demandToStop(ctx, tx, letter, { kind: "known", subjectId: stated }, address));
      if (demand && stated === sender.subjectId) return demand;
      // The owner of the stated address, if there is one, decides by a link; staff read the letter in either case, so
      // nothing that happens to the writer tells whether the address is known.
      return toStaff(ctx, tx, letter, sender);
    }
    case "several":
      return toStaff(ctx, tx, letter, sender);
  }
}

async function toStaff(
  ctx: Context,
  tx: Transaction<Database>,
  { kind, language }: SortedLetter,
  sender: Correspondent,
): Promise<Opened> {
  const subject = sender.subjectId;
  const opening = { subject, kind, channel: "letter", language, state: "staff", confirmedAt: null } as const;
  return { kind: "opened", request: await openRequest(ctx, tx, opening) };
}

/** Opens an unconfirmed request and sends the link; joins the request that such a demand has opened before. */
async function demandToStop(
  ctx: Context,
  tx: Transaction<Database>,
  { kind: demand, language }: SortedLetter,
  subject: Correspondent,
  address: string,
): Promise<Opened> {
  const { subjectId } = subject;
  const stopped = (await lockSubject(tx, subjectId)) === "stopped";
  const running = await findRunning(tx, subjectId);
  if (running?.state === "erasing") return { kind: "joined", request: running };
  const opening = { subject: subjectId, kind: demand, channel: "letter", language, confirmedAt: null } as const;
  // Processing has stopped for another reason; the destruction that is under way serves this demand too.
  if (stopped && !running) {
    return { kind: "opened", request: await openRequest(ctx, tx, { ...opening, state: "erasing" }) };
  }

  const request = running ?? (await openRequest(ctx, tx, { ...opening, state: "unconfirmed" }));
  const sent = await sendConfirmationLink(
    ctx,
    tx,
    { ...request, language },
    { subjectId, address, ...(subject.kind === "new" ? { seal: subject.seal } : {}) },
  );
  const kind = running ? "joined" : "opened";
  // Nobody can be asked whether the demand is theirs: a person has to find out.
  if (sent.kind === "no-address") return { kind, request: await handToStaff(tx, subjectId, request) };
  return { kind, request };
}

async function handToStaff(tx: Kysely<Database>, subject: string, request: OpenRequest): Promise<OpenRequest> {
  await tx
    .updateTable("requests.request")
    .set({ state: "staff" })
    .where("subject_id", "=", subject)
    .where("request_id", "=", request.requestId)
    .execute();
  return { ...request, state: "staff" };
}

/** Orders two demands that come at once: the second finds the request that the first has opened. */
async function lockSubject(tx: Kysely<Database>, subject: string): Promise<"active" | "stopped"> {
  const { state } = await tx
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", subject)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (state === "erased") throw new CorrespondentGone(state);
  return state;
}

/** The demand to stop that waits for its confirmation, or is being carried out. */
async function findRunning(tx: Kysely<Database>, subject: string): Promise<OpenRequest | undefined> {
  const row = await tx
    .selectFrom("requests.request")
    .select(["request_id", "number", "state", "due_on"])
    .where("subject_id", "=", subject)
    .where("state", "in", ["unconfirmed", "erasing"])
    .orderBy("state") // "erasing" first
    .executeTakeFirst();
  if (!row || row.state === "closed") return undefined;
  return { requestId: row.request_id, number: row.number, state: row.state, dueOn: row.due_on };
}
