import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { finishErasure } from "./finish-erasure.ts";
import { type Target, targets } from "./targets.ts";
import { tellSubject } from "./tell-subject.ts";

export type ErasureOutcome =
  | { readonly kind: "finished" }
  /** The last letter has not left yet, and the due date has not come. */
  | { readonly kind: "waits"; readonly target: "tell" }
  /** A re-read found something after it was destroyed: a fault, never called done. */
  | { readonly kind: "remains"; readonly target: string; readonly remaining: number }
  | { readonly kind: "nothing-to-do" };

/** Called before and after every step; the crash test kills the process here. */
export type StepObserver = (moment: "before" | "after", target: string) => void;

/**
 * Goes on with the erasure of a subject from wherever it stands: tells the person, destroys target after target,
 * each in its own transaction with its evidence, and closes. Safe to run twice, also at once: each step locks the
 * plan and does nothing if it is finished.
 */
export async function runErasure(
  ctx: Context,
  { subject }: { readonly subject: string },
  observe: StepObserver = () => {},
): Promise<ErasureOutcome> {
  const plan = await ctx.db
    .selectFrom("erasure.plan")
    .select("erasure_id")
    .where("subject_id", "=", subject)
    .where("finished_at", "is", null)
    .executeTakeFirst();
  if (!plan) return { kind: "nothing-to-do" };
  const erasure = { subject, erasureId: plan.erasure_id };

  observe("before", "tell");
  if ((await tellSubject(ctx, erasure)) === "waits") {
    ctx.events.erasureWaits("tell");
    return { kind: "waits", target: "tell" };
  }
  observe("after", "tell");
  for (const [index, target] of targets.entries()) {
    observe("before", target.name);
    const remaining = await destroyTarget(ctx, erasure, index + 1, target);
    if (remaining > 0) return { kind: "remains", target: target.name, remaining };
    observe("after", target.name);
  }
  await finishErasure(ctx, erasure);
  observe("after", "finish");
  ctx.events.erasureFinished();
  return { kind: "finished" };
}

interface Erasure {
  readonly subject: string;
  readonly erasureId: string;
}

/** Destroys one target and records its evidence in the same transaction; returns what remains (0 when done). */
async function destroyTarget(ctx: Context, erasure: Erasure, position: number, target: Target): Promise<number> {
  return ctx.db.transaction().execute(async (tx) => {
    await lockPlan(tx, erasure);
    const done = await tx
      .selectFrom("erasure.step")
      .select("position")
      .where("subject_id", "=", erasure.subject)
      .where("erasure_id", "=", erasure.erasureId)
      .where("position", "=", position)
      .executeTakeFirst();
    if (done) return 0;
    const { destroyed, remaining } = await target.destroy(tx, erasure.subject);
    if (remaining > 0) return remaining;
    await tx
      .insertInto("erasure.step")
      .values({
        subject_id: erasure.subject,
        erasure_id: erasure.erasureId,
        position,
        target: target.name,
        destroyed,
        remaining,
        finished_at: ctx.now(),
      })
      .execute();
    ctx.events.erasureStep(target.name, destroyed);
    return 0;
  });
}

async function lockPlan(tx: Kysely<Database>, erasure: Erasure): Promise<void> {
  await tx
    .selectFrom("erasure.plan")
    .select("erasure_id")
    .where("subject_id", "=", erasure.subject)
    .where("erasure_id", "=", erasure.erasureId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}
