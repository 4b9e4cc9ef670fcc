import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { readLivePurposes } from "../journal/consent-events.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { isRequestNumber } from "./register.ts";

export type Answered =
  /** `ends`: no purpose and no other request was left, so the person's data are destroyed (17.4). */
  | { readonly kind: "answered"; readonly ends: boolean }
  /** The person can still confirm it themselves. */
  | { readonly kind: "link-live" }
  | { readonly kind: "erasing" | "closed" | "unknown" };

/**
 * A member of staff says that a request has been answered or settled (16, 21). Whoever was known only by a letter has
 * then nothing left that their data could serve: processing ends and the data are destroyed. One transaction.
 */
export async function answerRequest(
  ctx: Context,
  asked: { readonly number: string; readonly staffId: string },
): Promise<Answered> {
  if (!isRequestNumber(asked.number)) return { kind: "unknown" };
  return ctx.db.transaction().execute(async (tx) => {
    const request = await lockRequest(tx, asked.number);
    if (!request) return { kind: "unknown" };
    if (request.state === "closed" || request.state === "erasing") return { kind: request.state };
    if (request.state === "unconfirmed" && (await hasLiveLink(ctx, tx, request))) return { kind: "link-live" };
    await close(ctx, tx, request, asked.staffId);
    const ends = await nothingIsLeft(tx, request.subject_id);
    const actor = { kind: "staff", staffId: asked.staffId } as const;
    if (ends) await acceptStop(ctx, tx, { subject: request.subject_id, event: "17.4", request: null, actor });
    return { kind: "answered", ends };
  });
}

interface Row {
  readonly subject_id: string;
  readonly request_id: string;
  readonly state: Database["requests.request"]["state"];
}

/** Locks the subject before its request, as everything else does, so that none waits for another in a circle. */
async function lockRequest(tx: Kysely<Database>, number: string): Promise<Row | undefined> {
  const read = () =>
    tx
      .selectFrom("requests.request")
      .select(["subject_id", "request_id", "state"])
      .where("number", "=", number)
      .executeTakeFirst();
  const seen = await read();
  if (!seen) return undefined;
  await tx
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", seen.subject_id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return read();
}

async function hasLiveLink(ctx: Context, tx: Kysely<Database>, request: Row): Promise<boolean> {
  const link = await tx
    .selectFrom("requests.confirmation")
    .select("expires_at")
    .where("subject_id", "=", request.subject_id)
    .where("request_id", "=", request.request_id)
    .where("expires_at", ">", ctx.now())
    .executeTakeFirst();
  return link !== undefined;
}

async function close(ctx: Context, tx: Kysely<Database>, request: Row, staffId: string): Promise<void> {
  await tx
    .updateTable("requests.request")
    .set({ state: "closed", outcome: "answered", closed_at: ctx.now(), closed_by: staffId })
    .where("subject_id", "=", request.subject_id)
    .where("request_id", "=", request.request_id)
    .execute();
}

async function nothingIsLeft(tx: Kysely<Database>, subject: string): Promise<boolean> {
  const open = await tx
    .selectFrom("requests.request")
    .select("request_id")
    .where("subject_id", "=", subject)
    .where("state", "<>", "closed")
    .executeTakeFirst();
  return open === undefined && (await readLivePurposes(tx, subject)).length === 0;
}
