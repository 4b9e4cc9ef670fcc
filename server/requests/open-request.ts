import type { Kysely } from "kysely";
import type { RequestKind } from "../../policy/language/policy.ts";
import { limitFrom } from "../../policy/rules/deadline.ts";
import { calendar } from "../config/policy.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { appendEntry } from "../journal/append-entry.ts";
import { requestReceipt } from "../journal/receipt-content.ts";
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

/**
 * Enters a request in the register, and in the journal for the person's receipt, in the caller's transaction; its clock runs
 * from now, confirmed or not (16, 17). The register holds no personal data, so the entry names no category.
 */
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
  const now = ctx.now();
  const dueOn = limitFrom(now, limit, ctx.policy.controller.timeZone, calendar).due;
  const row = await tx
    .insertInto("requests.request")
    .values({
      subject_id: request.subject,
      request_id: requestId,
      kind: request.kind,
      clause,
      channel: request.channel,
      language: request.language,
      received_at: now,
      due_on: dueOn,
      state: request.state,
      outcome: null,
      confirmed_at: request.confirmedAt,
      closed_at: null,
      closed_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await appendEntry(ctx, tx, request.subject, {
    entryId: ctx.newId(),
    at: now,
    operation: "recording",
    purpose: "7",
    basis: "duty",
    clause,
    categories: [],
    actor: { kind: "subject" },
    policyVersion: ctx.policy.version,
    receipt: requestReceipt(row, ctx.policy.version),
  });
  return { requestId, number: row.number, state: request.state, dueOn };
}
