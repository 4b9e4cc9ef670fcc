import type { Kysely } from "kysely";
import type { SubjectState } from "../../policy/rules/decide-use.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import { digestSecret } from "../vault/one-time-secret.ts";

/** A person is signed in for twelve hours at most, whatever they do. */
export const sessionLifetime = { hours: 12 } as const;

/** Who is signed in. `erased` never is: an erasure deletes the sign-ins first. */
export interface CabinetSession {
  readonly subject: string;
  readonly state: Exclude<SubjectState, "erased">;
  /** When the state last changed: for `stopped`, when processing stopped. */
  readonly changedAt: Temporal.Instant;
}

const subjectBytes = 16;
const secretBytes = 32;

/**
 * Signs a subject in, in the caller's transaction, and returns the value of the cookie: the subject's id (16 bytes),
 * by which the row is found, and 256 random bits, in base64url. Only its SHA-256 is kept.
 */
export async function createSession(ctx: Context, tx: Kysely<Database>, subject: string): Promise<string> {
  const token = Buffer.concat([Buffer.from(subject.replaceAll("-", ""), "hex"), ctx.randomBytes(secretBytes)]);
  const cookie = token.toString("base64url");
  await tx
    .insertInto("sign_in.cabinet_session")
    .values({
      subject_id: subject,
      token_digest: digestSecret(cookie),
      created_at: ctx.now(),
      expires_at: ctx.now().add(sessionLifetime),
    })
    .execute();
  return cookie;
}

/** Who this cookie signs in, or undefined: unknown, expired, signed out, or erased. */
export async function findSession(ctx: Context, cookie: string): Promise<CabinetSession | undefined> {
  const subject = subjectOf(cookie);
  if (subject === undefined) return undefined;
  const found = await ctx.db
    .selectFrom("sign_in.cabinet_session as session")
    .innerJoin("vault.subject as subject", "subject.subject_id", "session.subject_id")
    .select(["subject.state", "subject.changed_at"])
    .where("session.subject_id", "=", subject)
    .where("session.token_digest", "=", digestSecret(cookie))
    .where("session.expires_at", ">", ctx.now())
    .executeTakeFirst();
  if (!found || found.state === "erased") return undefined;
  return { subject, state: found.state, changedAt: found.changed_at };
}

/** Signs out: the cookie is worth nothing from now on. */
export async function endSession(ctx: Context, cookie: string): Promise<void> {
  const subject = subjectOf(cookie);
  if (subject === undefined) return;
  await ctx.db
    .deleteFrom("sign_in.cabinet_session")
    .where("subject_id", "=", subject)
    .where("token_digest", "=", digestSecret(cookie))
    .execute();
}

function subjectOf(cookie: string): string | undefined {
  const token = Buffer.from(cookie, "base64url");
  if (token.length !== subjectBytes + secretBytes) return undefined;
  const hex = token.toString("hex", 0, subjectBytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
