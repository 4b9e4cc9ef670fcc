import type { Context } from "../context.ts";

/** How the register stands today. */
export interface RequestsSummary {
  readonly open: number;
  /** Open ones whose last day has passed. */
  readonly overdue: number;
  /** The open one that is due first. */
  readonly next: { readonly number: string; readonly dueOn: Temporal.PlainDate } | undefined;
}

/** Counts the open requests; days are the controller's. */
export async function summariseRequests(ctx: Context): Promise<RequestsSummary> {
  const today = ctx.now().toZonedDateTimeISO(ctx.policy.controller.timeZone).toPlainDate();
  const open = ctx.db.selectFrom("requests.request").where("state", "<>", "closed");
  const counted = await open
    .select((row) => [
      row.fn.countAll<string>().as("open"),
      row.fn.countAll<string>().filterWhere("due_on", "<", today).as("overdue"),
    ])
    .executeTakeFirstOrThrow();
  const next = await open
    .select(["number", "due_on as dueOn"])
    .orderBy("due_on")
    .orderBy("number")
    .executeTakeFirst();
  return { open: Number(counted.open), overdue: Number(counted.overdue), next };
}
