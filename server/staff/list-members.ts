import type { Context } from "../context.ts";
import type { Member } from "./console-session.ts";

/** Everybody who works in the console, the longest there first. */
export async function listMembers(
  ctx: Context,
): Promise<readonly (Member & { readonly createdAt: Temporal.Instant })[]> {
  return ctx.db
    .selectFrom("staff.member")
    .select(["staff_id as staffId", "login", "name", "role", "created_at as createdAt"])
    .orderBy("created_at")
    .execute();
}
