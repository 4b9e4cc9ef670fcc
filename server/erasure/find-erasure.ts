import type { Context } from "../context.ts";

/** An erasure as far as it has come, with the evidence of each target; names nobody. */
export interface ErasureProgress {
  /** The event of clause 17 that led to it. */
  readonly event: string;
  readonly acceptedAt: Temporal.Instant;
  readonly dueOn: Temporal.PlainDate;
  /** The last day that blocked data may wait for their destruction. */
  readonly capOn: Temporal.PlainDate;
  readonly finishedAt: Temporal.Instant | null;
  readonly steps: readonly {
    readonly target: string;
    readonly destroyed: number | null;
    readonly finishedAt: Temporal.Instant | null;
  }[];
}

/** The erasure of whoever made the request with this number, or undefined if processing has not been stopped. */
export async function findErasureOfRequest(ctx: Context, number: string): Promise<ErasureProgress | undefined> {
  const plan = await ctx.db
    .selectFrom("erasure.plan as plan")
    .innerJoin("requests.request as request", "request.subject_id", "plan.subject_id")
    .select([
      "plan.subject_id",
      "plan.erasure_id",
      "plan.event",
      "plan.accepted_at as acceptedAt",
      "plan.due_on as dueOn",
      "plan.cap_on as capOn",
      "plan.finished_at as finishedAt",
    ])
    .where("request.number", "=", number)
    .orderBy("plan.erasure_id", "desc")
    .executeTakeFirst();
  if (!plan) return undefined;
  const { subject_id, erasure_id, ...progress } = plan;
  const steps = await ctx.db
    .selectFrom("erasure.step")
    .select(["target", "destroyed", "finished_at as finishedAt"])
    .where("subject_id", "=", subject_id)
    .where("erasure_id", "=", erasure_id)
    .orderBy("position")
    .execute();
  return { ...progress, steps };
}
