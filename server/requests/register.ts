import { sql } from "kysely";
import type { Context } from "../context.ts";
import { type RequestStatus, selectStatus } from "./request-status.ts";

/** A row of the register as staff see it; the letters stay sealed. */
export interface RegisteredRequest extends RequestStatus {
  /** How many letters belong to it. */
  readonly letters: number;
  /** Whether a link to confirm it is still good; until then only the person decides. */
  readonly linkLive: boolean;
  /** Name of the member of staff who closed it. */
  readonly closedBy: string | null;
}

/** The register of requests (7, 16, 17, 21): the open ones, the nearest due date first, then those last closed. */
export async function listRequests(ctx: Context): Promise<readonly RegisteredRequest[]> {
  return selectRegister(ctx)
    .orderBy("request.closed_at", (order) => order.desc().nullsFirst())
    .orderBy("request.due_on")
    .orderBy("request.number")
    .limit(500)
    .execute();
}

/** The request with this number, or undefined. `number`: as it stands in an address, so it may be anything. */
export async function findRequest(ctx: Context, number: string): Promise<RegisteredRequest | undefined> {
  if (!isRequestNumber(number)) return undefined;
  return selectRegister(ctx).where("request.number", "=", number).executeTakeFirst();
}

/** A positive bigint of PostgreSQL with room to spare. */
export function isRequestNumber(text: string): boolean {
  return /^[1-9]\d{0,17}$/.test(text);
}

function selectRegister(ctx: Context) {
  return selectStatus(ctx.db)
    .leftJoin("staff.member as member", "member.staff_id", "request.closed_by")
    .select([
      "member.name as closedBy",
      sql<number>`(select count(*)::int from letters.incoming l where l.request_id = request.request_id)`.as("letters"),
      sql<boolean>`request.state = 'unconfirmed' and exists (
        select from requests.confirmation c
        where c.subject_id = request.subject_id and c.request_id = request.request_id and c.expires_at > ${ctx.now()}
      )`.as("linkLive"),
    ]);
}
