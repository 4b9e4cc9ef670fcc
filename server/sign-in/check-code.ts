import { timingSafeEqual } from "node:crypto";
import type { Transaction } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { learnVersions } from "../vault/lookup-versions.ts";
import { createSession } from "./cabinet-session.ts";
import { codeAttempts, codeDigest } from "./one-time-code.ts";
import { isId } from "../config/new-id.ts";

export type CheckedCode =
  | { readonly kind: "signed-in"; readonly cookie: string }
  | { readonly kind: "wrong"; readonly attemptsLeft: number }
  /** Its ten minutes are over, it was used, or there never was such a code. */
  | { readonly kind: "expired" }
  /** All its attempts were spent; a new code is needed. */
  | { readonly kind: "used-up" };

/** `codeId` comes from a cookie, so it may be anything. */
/**
 * Checks a one-time code and signs the person in, in one transaction. A code works once; an attempt is counted
 * before the code is compared, so that many at once get no more than five comparisons. A row without a subject
 * belongs to an unknown address: nobody was sent its code, and even the right one is wrong.
 */
export async function checkCode(
  ctx: Context,
  tried: { readonly codeId: string; readonly code: string },
): Promise<CheckedCode> {
  if (!isId(tried.codeId)) return { kind: "expired" };
  return ctx.db.transaction().execute(async (tx) => {
    await holdSubject(tx, tried.codeId);
    const counted = await countAttempt(ctx, tx, tried.codeId);
    if (!counted) return whyNotCounted(ctx, tx, tried.codeId);
    const { digest, key_version: version } = counted;
    if (version > ctx.index.version) await learnVersions({ db: tx, index: ctx.index });
    const same = timingSafeEqual(codeDigest(ctx.index, tried.codeId, tried.code, version), digest);
    if (!same || counted.subject_id === null) {
      const attemptsLeft = codeAttempts - counted.attempts;
      return attemptsLeft > 0 ? { kind: "wrong", attemptsLeft } : { kind: "used-up" };
    }
    await tx.updateTable("sign_in.code").set({ used_at: ctx.now() }).where("code_id", "=", tried.codeId).execute();
    return { kind: "signed-in", cookie: await createSession(ctx, tx, counted.subject_id) };
  });
}

/** Orders this against an erasure, which locks the subject too: no sign-in appears behind its back. */
async function holdSubject(tx: Transaction<Database>, codeId: string): Promise<void> {
  await tx
    .selectFrom("vault.subject as subject")
    .innerJoin("sign_in.code as code", "code.subject_id", "subject.subject_id")
    .select("subject.state")
    .where("code.code_id", "=", codeId)
    .forShare("subject")
    .execute();
}

/** One statement: a second attempt waits for the row, and finds the number that the first one left. */
async function countAttempt(ctx: Context, tx: Transaction<Database>, codeId: string) {
  return tx
    .updateTable("sign_in.code")
    .set((row) => ({ attempts: row("attempts", "+", 1) }))
    .where("code_id", "=", codeId)
    .where("attempts", "<", codeAttempts)
    .where("used_at", "is", null)
    .where("expires_at", ">", ctx.now())
    .returning(["subject_id", "digest", "key_version", "attempts"])
    .executeTakeFirst();
}

async function whyNotCounted(ctx: Context, tx: Transaction<Database>, codeId: string): Promise<CheckedCode> {
  const spent = await tx
    .selectFrom("sign_in.code")
    .select("code_id")
    .where("code_id", "=", codeId)
    .where("attempts", ">=", codeAttempts)
    .where("used_at", "is", null)
    .where("expires_at", ">", ctx.now())
    .executeTakeFirst();
  return { kind: spent ? "used-up" : "expired" };
}
