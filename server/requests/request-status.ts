import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";

/** Where a request stands; names nobody, so it may be shown to whoever holds its link. */
export interface RequestStatus {
  readonly number: string;
  readonly kind: string;
  readonly clause: string;
  readonly channel: "cabinet" | "letter";
  readonly language: string;
  readonly state: "unconfirmed" | "staff" | "erasing" | "closed";
  readonly outcome: "destroyed" | "answered" | "superseded" | null;
  readonly receivedAt: Temporal.Instant;
  readonly dueOn: Temporal.PlainDate;
  readonly confirmedAt: Temporal.Instant | null;
  readonly closedAt: Temporal.Instant | null;
}

/** Selects the fields of a `RequestStatus`; the caller says of which rows. */
export function selectStatus(db: Kysely<Database>) {
  return db
    .selectFrom("requests.request as request")
    .select([
      "request.number",
      "request.kind",
      "request.clause",
      "request.channel",
      "request.language",
      "request.state",
      "request.outcome",
      "request.received_at as receivedAt",
      "request.due_on as dueOn",
      "request.confirmed_at as confirmedAt",
      "request.closed_at as closedAt",
    ]);
}
