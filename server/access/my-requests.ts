import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";

type RequestRow = Database["requests.request"];

/** A row of the register of requests about the person; holds no personal data, and outlives it. */
export interface MyRequest {
  readonly requestId: string;
  readonly number: string;
  readonly kind: string;
  readonly clause: string;
  readonly channel: RequestRow["channel"];
  readonly receivedAt: Temporal.Instant;
  readonly dueOn: Temporal.PlainDate;
  readonly state: RequestRow["state"];
  readonly outcome: RequestRow["outcome"];
  readonly closedAt: Temporal.Instant | undefined;
}

/** The destruction of the person's data: when it is due, and the evidence of each place that was reached. */
export interface MyErasure {
  /** The event of clause 17 that led to it. */
  readonly event: string;
  readonly requestId: string | undefined;
  readonly acceptedAt: Temporal.Instant;
  readonly dueOn: Temporal.PlainDate;
  readonly finishedAt: Temporal.Instant | undefined;
  readonly steps: readonly {
    readonly target: string;
    readonly destroyed: number | null;
    readonly finishedAt: Temporal.Instant | undefined;
  }[];
}

/** The person's requests, the newest first. */
export async function readMyRequests(ctx: Context, subject: string): Promise<readonly MyRequest[]> {
  const rows = await ctx.db
    .selectFrom("requests.request")
    .selectAll()
    .where("subject_id", "=", subject)
    .orderBy("request_id", "desc")
    .execute();
  return rows.map((row) => ({
    requestId: row.request_id,
    number: row.number,
    kind: row.kind,
    clause: row.clause,
    channel: row.channel,
    receivedAt: row.received_at,
    dueOn: row.due_on,
    state: row.state,
    outcome: row.outcome,
    closedAt: row.closed_at ?? undefined,
  }));
}

/** The latest erasure of the person's data, or undefined if processing was never stopped. */
export async function findMyErasure(ctx: Context, subject: string): Promise<MyErasure | undefined> {
  const plan = await ctx.db
    .selectFrom("erasure.plan")
    .selectAll()
    .where("subject_id", "=", subject)
    .orderBy("erasure_id", "desc")
    .executeTakeFirst();
  if (!plan) return undefined;
  const steps = await ctx.db
    .selectFrom("erasure.step")
    .select(["target", "destroyed", "finished_at"])
    .where("subject_id", "=", subject)
    .where("erasure_id", "=", plan.erasure_id)
    .orderBy("position")
    .execute();
  return {
    event: plan.event,
    requestId: plan.request_id ?? undefined,
    acceptedAt: plan.accepted_at,
    dueOn: plan.due_on,
    finishedAt: plan.finished_at ?? undefined,
    steps: steps.map((step) => ({
      target: step.target,
      destroyed: step.destroyed,
      finishedAt: step.finished_at ?? undefined,
    })),
  };
}
