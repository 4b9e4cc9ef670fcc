import { setTimeout as wait } from "node:timers/promises";
import type { Transaction } from "kysely";
import type { PolicyLanguage } from "../../policy/language/localized.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { composeSignInCode } from "../letters/compose/sign-in-code.ts";
import { queueLetter } from "../letters/queue-letter.ts";
import { normaliseEmail } from "../vault/blind-index.ts";
import { findSubject } from "../vault/find-subject.ts";
import { codeDigest, codeLifetime, newCode } from "./one-time-code.ts";
import type { SignInLimits } from "./sign-in-limits.ts";

export type AskedCode =
  | { readonly kind: "asked"; readonly codeId: string }
  /** Too many codes were asked for with this address, or altogether; says nothing about whether it is known. */
  | { readonly kind: "wait"; readonly seconds: number };

/** No answer comes sooner, so that its time does not tell a known address from an unknown one. Milliseconds. */
const soonestAnswer = 300;

/**
 * Asks for a one-time code for the cabinet. The answer is the same whether or not the address is known: a row in
 * `sign_in.code` is made in either case, and the code goes only to the address on record.
 */
export async function askCode(
  ctx: Context,
  limits: SignInLimits,
  asked: { readonly email: string; readonly language: PolicyLanguage },
): Promise<AskedCode> {
  const email = normaliseEmail(asked.email);
  // Always of the first version: what was counted counts on when the look-up key turns over.
  const seconds = await limits.count(ctx.index.digest("email", email, 1));
  if (seconds !== undefined) return { kind: "wait", seconds };

  const codeId = ctx.newId();
  const made = ctx.db.transaction().execute(async (tx) => {
    const subject = await findSubject({ db: tx, index: ctx.index }, "email", email);
    const code = newCode(ctx.randomBytes);
    const sent =
      subject !== undefined && (await sendCode(ctx, tx, { subject, email, code, language: asked.language }));
    const { version } = ctx.index;
    await tx
      .insertInto("sign_in.code")
      .values({
        code_id: codeId,
        subject_id: sent ? subject : null,
        digest: codeDigest(ctx.index, codeId, code, version),
        key_version: version,
        created_at: ctx.now(),
        expires_at: ctx.now().add(codeLifetime),
      })
      .execute();
  });
  await Promise.all([made, wait(soonestAnswer)]);
  return { kind: "asked", codeId };
}

/** Writes the letter with the code to the address on record. False if the gate refuses or there is none. */
async function sendCode(
  ctx: Context,
  tx: Transaction<Database>,
  to: { readonly subject: string; readonly email: string; readonly code: string; readonly language: PolicyLanguage },
): Promise<boolean> {
  const { subject, language } = to;
  const use = await ctx.gate.useWithin(
    tx,
    { subject, purpose: "16-1", operation: "use", categories: ["email"], actor: { kind: "subject" } },
    async ({ values, seal }) => {
      const recorded = values.findLast(({ value }) => normaliseEmail(value) === to.email);
      if (!recorded) return false;
      const letter = composeSignInCode(language, { code: to.code });
      await queueLetter(
        ctx,
        tx,
        { subject, purpose: "16-1", kind: "sign-in-code", language, to: recorded.value, ...letter },
        seal,
      );
      return true;
    },
  );
  return use.kind === "done" && use.value;
}
