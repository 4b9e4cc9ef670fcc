import type { Kysely } from "kysely";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { digestSecret, newSecret } from "../vault/one-time-secret.ts";

export const roles = ["staff", "administrator"] as const;
export type Role = (typeof roles)[number];

export function isRole(value: string): value is Role {
  return roles.some((role) => role === value);
}

/** How long a link waits for its one use. */
export const invitationDays = 7;

/** The state of a link that somebody opened. */
export type Invitation =
  | { readonly kind: "open"; readonly role: Role; readonly expiresAt: Temporal.Instant }
  | { readonly kind: "used" | "expired" | "unknown" };

/** Makes a one-time link by which somebody becomes a member of staff; only the digest of its secret is kept. */
export async function inviteMember(ctx: Context, role: Role): Promise<string> {
  return ctx.db.transaction().execute((tx) => addInvitation(ctx, tx, role));
}

/**
 * The link for the first administrator, for the operator to open; undefined as soon as there is any member of staff.
 * Every call makes a new link and voids the earlier ones, so that a link left in an old log opens nothing.
 */
export async function ensureFirstInvitation(ctx: Context): Promise<string | undefined> {
  return ctx.db.transaction().execute(async (tx) => {
    const member = await tx.selectFrom("staff.member").select("staff_id").limit(1).executeTakeFirst();
    if (member) return undefined;
    await tx
      .deleteFrom("staff.invitation")
      .where("role", "=", "administrator")
      .where("used_at", "is", null)
      .execute();
    return addInvitation(ctx, tx, "administrator");
  });
}

/** What the link with this secret is good for now. Opening it uses nothing up. */
export async function findInvitation(ctx: Context, secret: string): Promise<Invitation> {
  return readInvitation(ctx, ctx.db, secret);
}

/**
 * Takes the invitation for its one use, in the caller's transaction: the row stays locked until that ends, so that
 * of two at the same moment one finds it used.
 */
export async function lockInvitation(ctx: Context, tx: Kysely<Database>, secret: string): Promise<Invitation> {
  await tx
    .selectFrom("staff.invitation")
    .select("role")
    .where("token_digest", "=", digestSecret(secret))
    .forUpdate()
    .execute();
  return readInvitation(ctx, tx, secret);
}

export interface WaitingInvitation {
  readonly role: Role;
  readonly createdAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

/** Links that wait for their use, the oldest first. */
export async function listInvitations(ctx: Context): Promise<readonly WaitingInvitation[]> {
  return ctx.db
    .selectFrom("staff.invitation")
    .select(["role", "created_at as createdAt", "expires_at as expiresAt"])
    .where("used_at", "is", null)
    .where("expires_at", ">", ctx.now())
    .orderBy("created_at")
    .execute();
}

async function addInvitation(ctx: Context, tx: Kysely<Database>, role: Role): Promise<string> {
  const { secret, digest } = newSecret(ctx.randomBytes);
  const now = ctx.now();
  await tx
    .insertInto("staff.invitation")
    .values({
      token_digest: digest,
      role,
      created_at: now,
      expires_at: now.add({ hours: 24 * invitationDays }),
      used_at: null,
    })
    .execute();
  return `${ctx.config.origin}/ru/console/invitation/${secret}`;
}

async function readInvitation(ctx: Context, db: Kysely<Database>, secret: string): Promise<Invitation> {
  const row = await db
    .selectFrom("staff.invitation")
    .select(["role", "expires_at", "used_at"])
    .where("token_digest", "=", digestSecret(secret))
    .executeTakeFirst();
  if (!row) return { kind: "unknown" };
  if (row.used_at) return { kind: "used" };
  if (Temporal.Instant.compare(row.expires_at, ctx.now()) <= 0) return { kind: "expired" };
  return { kind: "open", role: row.role, expiresAt: row.expires_at };
}
