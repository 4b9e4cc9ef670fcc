import type { Transaction } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import type { Digest } from "../vault/blind-index.ts";
import { rowIdentity } from "../vault/open-subject.ts";
import { type Correspondent, CorrespondentGone } from "./correspondent.ts";

/** Stores the raw letter whole, sealed under its sender's key, in the caller's transaction. */
export async function storeLetter(
  ctx: Context,
  tx: Transaction<Database>,
  sender: Correspondent,
  letter: {
    readonly letterId: string;
    readonly requestId: string;
    readonly raw: Buffer;
    readonly digest: Digest;
  },
): Promise<void> {
  const identity = rowIdentity("letters.incoming", sender.subjectId, letter.letterId);
  await tx
    .insertInto("letters.incoming")
    .values({
      subject_id: sender.subjectId,
      letter_id: letter.letterId,
      request_id: letter.requestId,
      ...letter.digest,
      sealed: await seal(ctx, tx, sender, letter.raw, identity),
      received_at: ctx.now(),
    })
    .execute();
}

async function seal(
  ctx: Context,
  tx: Transaction<Database>,
  sender: Correspondent,
  raw: Buffer,
  identity: string,
): Promise<Buffer> {
  if (sender.kind === "new") return sender.seal(raw, identity);
  const sealed = await ctx.gate.useWithin(
    tx,
    {
      subject: sender.subjectId,
      purpose: "7",
      operation: "collection",
      categories: ["letter"],
      actor: { kind: "subject" },
    },
    (opened) => opened.seal(raw, identity),
  );
  if (sealed.kind === "refused") throw new CorrespondentGone(sealed.reason);
  return sealed.value;
}
