import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { appendEntry } from "../journal/append-entry.ts";
import { targets } from "./targets.ts";

/** Something was found after every target had shown evidence; the erasure stays open and is tried again. */
export class ErasureIncomplete extends Error {
  readonly code = "erasure-incomplete";
  constructor(target: string, remaining: number) {
    super(`After the erasure ${remaining} records are left in «${target}»; it stays open and will be tried again.`);
  }
}

/**
 * Closes an erasure in one transaction: with the subject locked, every target is destroyed and read once more (a
 * letter may have come in meanwhile), the journal says that data was destroyed without saying whose, and the
 * register shows the person's requests closed. Does nothing if it was closed before.
 */
export async function finishErasure(
  ctx: Context,
  erasure: { readonly subject: string; readonly erasureId: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const subject = await tx
      .selectFrom("vault.subject")
      .select("state")
      .where("subject_id", "=", erasure.subject)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (subject.state === "erased") return;
    for (const target of targets) {
      const { remaining } = await target.destroy(tx, erasure.subject);
      if (remaining > 0) throw new ErasureIncomplete(target.name, remaining);
    }
    await journalDestruction(ctx, tx);
    await closeRegister(ctx, tx, erasure);
  });
}

async function journalDestruction(ctx: Context, tx: Kysely<Database>): Promise<void> {
  const { clause, categories } = ctx.policy.duties["17"];
  await appendEntry(ctx, tx, null, {
    entryId: ctx.newId(),
    at: ctx.now(),
    operation: "destruction",
    purpose: "17",
    basis: "duty",
    clause,
    categories,
    actor: { kind: "system" },
    policyVersion: ctx.policy.version,
  });
}

async function closeRegister(
  ctx: Context,
  tx: Kysely<Database>,
  erasure: { readonly subject: string; readonly erasureId: string },
): Promise<void> {
  const now = ctx.now();
  await tx
    .updateTable("erasure.plan")
    .set({ finished_at: now })
    .where("subject_id", "=", erasure.subject)
    .where("erasure_id", "=", erasure.erasureId)
    .execute();
  await tx
    .updateTable("requests.request")
    .set((row) => ({
      state: "closed",
      outcome: row.case().when("state", "=", "erasing").then("destroyed" as const).else("superseded" as const).end(),
      closed_at: now,
    }))
    .where("subject_id", "=", erasure.subject)
    .where("state", "<>", "closed")
    .execute();
  await tx
    .updateTable("vault.subject")
    .set({ state: "erased", changed_at: now })
    .where("subject_id", "=", erasure.subject)
    .execute();
}
