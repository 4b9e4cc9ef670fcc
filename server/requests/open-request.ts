import type { Kysely } from "kysely";
import type { RequestKind } from "../../policy/language/policy.ts";
import { limitFrom } from "../../policy/rules/deadline.ts";
import { calendar } from "../config/policy.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import type { Language } from "../language/language.ts";

/** A row of the register of requests. */
export interface OpenRequest {
  readonly requestId: string;
  readonly number: string;
  readonly state: "unconfirmed" | "staff" | "erasing";
  /** The last day of its time limit, where the controller is. */
  readonly dueOn: Temporal.PlainDate;
}

/** A request of a kind that the policy does not have. */
export class RequestKindUnknown extends Error {
  readonly code = "request-kind-unknown";
  constructor(kind: string) {
    super(`The policy has no request «${kind}»; write it under its requests.`);
  }
}

/** The request kind of this name. Throws `RequestKindUnknown`. */
export function requestKind(ctx: Context, name: string): RequestKind {
  const kinds: Readonly<Record<string, RequestKind>> = ctx.policy.requests;
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) throw new RequestKindUnknown(name);
  return kind;
}

/** Enters a request in the register in the caller's transaction; its clock runs from now, confirmed or not (16, 17). */
export async function openRequest(
  ctx: Context,
  tx: Kysely<Database>,
  request: {
    readonly subject: string;
    readonly kind: string;
    readonly channel: "cabinet" | "letter";
    readonly language: Language;
    readonly state: OpenRequest["state"];
    readonly confirmedAt: Temporal.Instant | null;
  },
): Promise<OpenRequest> {
  const { clause, limit } = requestKind(ctx, request.kind);
  const requestId = ctx.newId();
  const dueOn = limitFrom(ctx.now(), limit, ctx.policy.controller.timeZone, calendar).due;
  const { number } = await tx
    .insertInto("requests.request")
    .values({
      subject_id: request.subject,
      request_id: requestId,
      kind: request.kind,
      clause,
      channel: request.channel,
      language: request.language,
      received_at: ctx.now(),
      due_on: dueOn,
      state: request.state,
      outcome: null,
      confirmed_at: request.confirmedAt,
      closed_at: null,
      closed_by: null,
    })
    .returning("number")
    .executeTakeFirstOrThrow();
  return { requestId, number, state: request.state, dueOn };
}
