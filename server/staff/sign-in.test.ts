import assert from "node:assert/strict";
import { test } from "node:test";
import type { Context } from "../context.ts";
import { createTestContext } from "../../test-kit/context.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { closeConsoleSession, findConsoleMember, openConsoleSession } from "./console-session.ts";
import { inviteMember, type Role } from "./invitation.ts";
import { createSignInAttempts } from "./sign-in-attempts.ts";
import { signIn } from "./sign-in.ts";

const password = "зимой снег тёплый";

async function join(ctx: Context, login: string, role: Role = "staff"): Promise<string> {
  const link = await inviteMember(ctx, role);
  const accepted = await acceptInvitation(ctx, link.slice(-43), { login, name: "Бермет Тестова", password });
  assert.equal(accepted.kind, "accepted");
  return accepted.kind === "accepted" ? accepted.staffId : "";
}

test("a member signs in with the login in any case, and nobody else does", async () => {
  await using kit = await createTestContext();
  const staffId = await join(kit.ctx, "bermet");
  const attempts = createSignInAttempts();
  assert.deepEqual(await signIn(kit.ctx, attempts, { login: " BERMET ", password }), { kind: "signed-in", staffId });
  const wrong = { kind: "wrong" };
  assert.deepEqual(await signIn(kit.ctx, attempts, { login: "bermet", password: `${password}!` }), wrong);
  assert.deepEqual(await signIn(kit.ctx, attempts, { login: "aibek", password }), wrong);
  assert.deepEqual(await signIn(kit.ctx, attempts, { login: "", password: "" }), wrong);
});

test("an unknown login is answered like a wrong password: the same words, and after the same work", async () => {
  await using kit = await createTestContext();
  await join(kit.ctx, "bermet");
  const attempts = createSignInAttempts({ perLogin: 1000, perMinute: 1000 });
  const fastest = async (login: string) => {
    const times: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const began = performance.now();
      const { kind } = await signIn(kit.ctx, attempts, { login, password: "совсем не тот пароль" });
      times.push(performance.now() - began);
      assert.equal(kind, "wrong");
    }
    return Math.min(...times);
  };
  const known = await fastest("bermet");
  const unknown = await fastest("aibek");
  // The hash takes tens of milliseconds; without it an unknown login would be answered in one or two.
  assert.ok(unknown > known / 2, `${unknown} ms against ${known} ms`);
});

test("guessing one password stops after ten tries, the right one included, and others still sign in", async () => {
  await using kit = await createTestContext();
  await join(kit.ctx, "bermet");
  await join(kit.ctx, "aibek");
  const attempts = createSignInAttempts();
  for (let round = 0; round < 10; round += 1) {
    assert.equal((await signIn(kit.ctx, attempts, { login: "bermet", password: "мимо мимо мимо" })).kind, "wrong");
  }
  const refused = await signIn(kit.ctx, attempts, { login: "bermet", password });
  assert.equal(refused.kind, "too-many");
  assert.ok(refused.kind === "too-many" && refused.retryAfter.total("minutes") <= 15);
  assert.equal((await signIn(kit.ctx, attempts, { login: "aibek", password })).kind, "signed-in");
});

test("trying one password on many logins stops too", async () => {
  await using kit = await createTestContext();
  const attempts = createSignInAttempts({ perLogin: 10, perMinute: 3 });
  for (const login of ["one", "two", "three"]) await signIn(kit.ctx, attempts, { login, password });
  assert.equal((await signIn(kit.ctx, attempts, { login: "four", password })).kind, "too-many");
});

test("signing in forgets the misses before it", async () => {
  await using kit = await createTestContext();
  await join(kit.ctx, "bermet");
  const attempts = createSignInAttempts({ perLogin: 2, perMinute: 100 });
  for (let round = 0; round < 3; round += 1) {
    assert.equal((await signIn(kit.ctx, attempts, { login: "bermet", password: "мимо мимо мимо" })).kind, "wrong");
    assert.equal((await signIn(kit.ctx, attempts, { login: "bermet", password })).kind, "signed-in");
  }
});

test("a session ends after twelve hours, or when its owner signs out, on the server too", async () => {
  await using kit = await createTestContext();
  const staffId = await join(kit.ctx, "bermet", "administrator");
  const secret = await openConsoleSession(kit.ctx, staffId);
  const other = await openConsoleSession(kit.ctx, staffId);
  const member = { staffId, login: "bermet", name: "Бермет Тестова", role: "administrator" };
  assert.deepEqual(await findConsoleMember(kit.ctx, secret), member);
  await closeConsoleSession(kit.ctx, other);
  assert.equal(await findConsoleMember(kit.ctx, other), undefined);
  kit.advance({ hours: 11, minutes: 59 });
  assert.deepEqual(await findConsoleMember(kit.ctx, secret), member);
  kit.advance({ minutes: 1 });
  assert.equal(await findConsoleMember(kit.ctx, secret), undefined);
  await openConsoleSession(kit.ctx, staffId);
  const { count } = await kit.ctx.db
    .selectFrom("staff.console_session")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  assert.equal(count, "1");
});
