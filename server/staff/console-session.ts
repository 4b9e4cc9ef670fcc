import type { Context } from "../context.ts";
import { digestSecret, newSecret } from "../vault/one-time-secret.ts";
import type { Role } from "./invitation.ts";

/** A member of staff at work. */
export interface Member {
  readonly staffId: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
}

/** A working day and a little more; then the password is asked for again. */
export const consoleSessionHours = 12;

/** Opens a session and returns the secret for its cookie; sessions that are over go at the same time. */
export async function openConsoleSession(ctx: Context, staffId: string): Promise<string> {
  const { secret, digest } = newSecret(ctx.randomBytes);
  const now = ctx.now();
  await ctx.db.transaction().execute(async (tx) => {
    await tx.deleteFrom("staff.console_session").where("expires_at", "<=", now).execute();
    await tx
      .insertInto("staff.console_session")
      .values({
        token_digest: digest,
        staff_id: staffId,
        created_at: now,
        expires_at: now.add({ hours: consoleSessionHours }),
      })
      .execute();
  });
  return secret;
}

/** Who holds this cookie; undefined when it is over, or was never given. */
export async function findConsoleMember(ctx: Context, secret: string): Promise<Member | undefined> {
  return ctx.db
    .selectFrom("staff.console_session as session")
    .innerJoin("staff.member as member", "member.staff_id", "session.staff_id")
    .select(["member.staff_id as staffId", "member.login", "member.name", "member.role"])
    .where("session.token_digest", "=", digestSecret(secret))
    .where("session.expires_at", ">", ctx.now())
    .executeTakeFirst();
}

/** Ends the session at once, on the server too: a copied cookie opens nothing after. */
export async function closeConsoleSession(ctx: Context, secret: string): Promise<void> {
  await ctx.db.deleteFrom("staff.console_session").where("token_digest", "=", digestSecret(secret)).execute();
}
