import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { digestSecret } from "../vault/one-time-secret.ts";
import { findInvitation, lockInvitation, type Role } from "./invitation.ts";
import { findFaults, type NewMember, type NewMemberFault, normaliseLogin } from "./new-member.ts";
import { hashPassword } from "./password-hash.ts";

export type Accepted =
  | { readonly kind: "accepted"; readonly staffId: string; readonly role: Role }
  | { readonly kind: "faulty"; readonly faults: readonly NewMemberFault[] }
  /** Nothing was used up: another login will do. */
  | { readonly kind: "login-taken" }
  | { readonly kind: "used" | "expired" | "unknown" };

/** Makes a member of staff of whoever holds the link, once. */
export async function acceptInvitation(ctx: Context, secret: string, member: NewMember): Promise<Accepted> {
  const invitation = await findInvitation(ctx, secret);
  if (invitation.kind !== "open") return invitation;
  const faults = findFaults(member);
  if (faults.length > 0) return { kind: "faulty", faults };
  // Before the transaction: hashing is slow on purpose, and nobody should wait for its lock meanwhile.
  const passwordHash = await hashPassword(member.password, ctx.randomBytes);
  return ctx.db.transaction().execute((tx) => useInvitation(ctx, tx, secret, member, passwordHash));
}

async function useInvitation(
  ctx: Context,
  tx: Kysely<Database>,
  secret: string,
  member: NewMember,
  passwordHash: string,
): Promise<Accepted> {
  const invitation = await lockInvitation(ctx, tx, secret);
  if (invitation.kind !== "open") return invitation;
  const { role } = invitation;
  const added = await tx
    .insertInto("staff.member")
    .values({
      staff_id: ctx.newId(),
      login: normaliseLogin(member.login),
      name: member.name.trim(),
      role,
      password_hash: passwordHash,
      created_at: ctx.now(),
    })
    .onConflict((conflict) => conflict.column("login").doNothing())
    .returning("staff_id")
    .executeTakeFirst();
  if (!added) return { kind: "login-taken" };
  await tx
    .updateTable("staff.invitation")
    .set({ used_at: ctx.now() })
    .where("token_digest", "=", digestSecret(secret))
    .execute();
  return { kind: "accepted", staffId: added.staff_id, role };
}
