import { calendar } from "../../config/policy.ts";
import type { Context } from "../../context.ts";
import type { RegisteredRequest } from "../../requests/register.ts";
import type { DueMeterProps } from "../components/due-meter.tsx";
import type { Language } from "../../language/language.ts";
import { findRequestKind } from "../../receipts/policy-parts.ts";
import { limitUsed } from "../limit-used.ts";

type Clocked = Pick<Context, "policy" | "now">;

/** The time limit of a request as the meter shows it; undefined for a kind that only an earlier policy had. */
export function clockOf(ctx: Clocked, language: Language, request: RegisteredRequest): DueMeterProps | undefined {
  const kind = findRequestKind(ctx.policy, request.kind);
  if (!kind) return undefined;
  const until = dayIn(ctx, request.closedAt ?? ctx.now());
  return {
    language,
    ...limitUsed(kind.limit, dayIn(ctx, request.receivedAt), until, calendar),
    dueOn: request.dueOn,
    state: request.state === "closed" ? "done" : "running",
  };
}

function dayIn({ policy }: Clocked, at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO(policy.controller.timeZone).toPlainDate();
}
