import { createHash } from "node:crypto";
import type { Context } from "../context.ts";
import { longestPassword, normaliseLogin } from "./new-member.ts";
import { isPasswordOf, nobodysHash } from "./password-hash.ts";
import type { SignInAttempts } from "./sign-in-attempts.ts";

export type SignedIn =
  | { readonly kind: "signed-in"; readonly staffId: string }
  /** The login or the password: which of them is not said, to nobody. */
  | { readonly kind: "wrong" }
  | { readonly kind: "too-many"; readonly retryAfter: Temporal.Duration };

/**
 * Checks a login and a password. An unknown login costs the same hash as a known one, so that neither the answer
 * nor its time tells who works here. `attempts` counts every try before anything else is done.
 */
export async function signIn(
  ctx: Context,
  attempts: SignInAttempts,
  typed: { readonly login: string; readonly password: string },
): Promise<SignedIn> {
  const login = normaliseLogin(typed.login);
  const key = createHash("sha256").update(login).digest("base64url");
  const counted = await attempts.count(key);
  if (counted.kind === "too-many") return counted;
  const member = await ctx.db
    .selectFrom("staff.member")
    .select(["staff_id", "password_hash"])
    .where("login", "=", login)
    .executeTakeFirst();
  // Cut, not refused: a longer one is no member's password, and must not cost more than any other.
  const password = typed.password.normalize("NFKC").slice(0, 2 * longestPassword);
  const right = await isPasswordOf(password, member?.password_hash ?? nobodysHash);
  if (!member || !right) return { kind: "wrong" };
  await attempts.forget(key);
  return { kind: "signed-in", staffId: member.staff_id };
}
