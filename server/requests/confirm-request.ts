import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { digestSecret } from "../vault/one-time-secret.ts";
import { type RequestStatus, selectStatus } from "./request-status.ts";
import { stopEventOf } from "./stop-event.ts";

/** What a link leads to. `waiting`: nothing has happened yet, and the button may be pressed until `linkUntil`. */
export type Confirmation =
  | { readonly kind: "waiting"; readonly status: RequestStatus; readonly linkUntil: Temporal.Instant }
  | { readonly kind: "used" | "expired"; readonly status: RequestStatus }
  | { readonly kind: "unknown" };

/** Looks at a link and changes nothing: mail programs open links by themselves. */
export async function findConfirmation(ctx: Context, secret: string): Promise<Confirmation> {
  const link = await findLink(ctx.db, digestSecret(secret));
  if (!link) return { kind: "unknown" };
  const status = await selectStatus(ctx.db)
    .where("request.subject_id", "=", link.subject_id)
    .where("request.request_id", "=", link.request_id)
    .executeTakeFirstOrThrow();
  // Another link may have confirmed the same request, or a deletion in the cabinet has made it needless.
  if (link.used_at !== null || status.state !== "unconfirmed") return { kind: "used", status };
  if (isExpired(link, ctx.now())) return { kind: "expired", status };
  return { kind: "waiting", status, linkUntil: link.expires_at };
}

/**
 * The owner of the address says that the demand is theirs: from the commit on nothing may be done with their data but
 * destroy it (7, 17.2). One transaction; of two presses at once one confirms and the other finds the link used.
 */
export async function confirmRequest(
  ctx: Context,
  secret: string,
): Promise<{ readonly kind: "confirmed" | "used" | "expired" | "unknown" }> {
  const digest = digestSecret(secret);
  return ctx.db.transaction().execute(async (tx) => {
    const found = await findLink(tx, digest);
    if (!found) return { kind: "unknown" };
    await lockSubject(tx, found.subject_id);
    const link = (await findLink(tx, digest)) ?? found;
    if (link.used_at !== null) return { kind: "used" };
    if (isExpired(link, ctx.now())) return { kind: "expired" };
    await markUsed(ctx, tx, digest);
    const kind = await markConfirmed(ctx, tx, link);
    if (kind === undefined) return { kind: "used" };
    const { subject_id: subject, request_id: request } = link;
    await acceptStop(ctx, tx, { subject, event: stopEventOf(kind), request, actor: { kind: "subject" } });
    return { kind: "confirmed" };
  });
}

interface Link {
  readonly subject_id: string;
  readonly request_id: string;
  readonly expires_at: Temporal.Instant;
  readonly used_at: Temporal.Instant | null;
}

async function findLink(db: Kysely<Database>, digest: Buffer): Promise<Link | undefined> {
  return db
    .selectFrom("requests.confirmation")
    .select(["subject_id", "request_id", "expires_at", "used_at"])
    .where("token_digest", "=", digest)
    .executeTakeFirst();
}

/** Orders presses that come at once, and a press against an erasure that is being closed. */
async function lockSubject(tx: Kysely<Database>, subject: string): Promise<void> {
  await tx
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", subject)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

async function markUsed(ctx: Context, tx: Kysely<Database>, digest: Buffer): Promise<void> {
  await tx
    .updateTable("requests.confirmation")
    .set({ used_at: ctx.now() })
    .where("token_digest", "=", digest)
    .execute();
}

/** Returns the kind of the request, or undefined if it was not waiting any more. */
async function markConfirmed(ctx: Context, tx: Kysely<Database>, link: Link): Promise<string | undefined> {
  const confirmed = await tx
    .updateTable("requests.request")
    .set({ state: "erasing", confirmed_at: ctx.now() })
    .where("subject_id", "=", link.subject_id)
    .where("request_id", "=", link.request_id)
    .where("state", "=", "unconfirmed")
    .returning("kind")
    .executeTakeFirst();
  return confirmed?.kind;
}

function isExpired(link: Link, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(link.expires_at, now) <= 0;
}
