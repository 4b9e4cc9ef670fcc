import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestContext } from "../../test-kit/context.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { ensureFirstInvitation, findInvitation, inviteMember, listInvitations } from "./invitation.ts";
import { listMembers } from "./list-members.ts";

const bermet = { login: "Bermet", name: "Бермет Тестова", password: "зимой снег тёплый" };

function secretOf(link: string | undefined): string {
  const [, secret] = /^http:\/\/127\.0\.0\.1:8080\/ru\/console\/invitation\/([\w-]{43})$/.exec(link ?? "") ?? [];
  assert.ok(secret);
  return secret;
}

test("the first administrator comes in by a link, once, and then no such link is made any more", async () => {
  await using kit = await createTestContext();
  const secret = secretOf(await ensureFirstInvitation(kit.ctx));
  assert.equal((await findInvitation(kit.ctx, secret)).kind, "open");
  const accepted = await acceptInvitation(kit.ctx, secret, bermet);
  assert.equal(accepted.kind, "accepted");
  const [member] = await listMembers(kit.ctx);
  assert.deepEqual([member?.login, member?.name, member?.role], ["bermet", "Бермет Тестова", "administrator"]);
  assert.deepEqual(await acceptInvitation(kit.ctx, secret, { ...bermet, login: "other" }), { kind: "used" });
  assert.equal(await ensureFirstInvitation(kit.ctx), undefined);
});

test("a new link for the first administrator voids the one printed before", async () => {
  await using kit = await createTestContext();
  const earlier = secretOf(await ensureFirstInvitation(kit.ctx));
  const later = secretOf(await ensureFirstInvitation(kit.ctx));
  assert.deepEqual(await acceptInvitation(kit.ctx, earlier, bermet), { kind: "unknown" });
  assert.equal((await acceptInvitation(kit.ctx, later, bermet)).kind, "accepted");
});

test("of two people who use one link at the same moment, one gets in", async () => {
  await using kit = await createTestContext();
  const secret = secretOf(await inviteMember(kit.ctx, "staff"));
  const outcomes = await Promise.all([
    acceptInvitation(kit.ctx, secret, bermet),
    acceptInvitation(kit.ctx, secret, { ...bermet, login: "aibek" }),
  ]);
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ["accepted", "used"]);
  assert.equal((await listMembers(kit.ctx)).length, 1);
});

test("of two people who choose one login at the same moment, one gets it and the other keeps the link", async () => {
  await using kit = await createTestContext();
  const secrets = [secretOf(await inviteMember(kit.ctx, "staff")), secretOf(await inviteMember(kit.ctx, "staff"))];
  const outcomes = await Promise.all(secrets.map((secret) => acceptInvitation(kit.ctx, secret, bermet)));
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ["accepted", "login-taken"]);
  assert.equal((await listInvitations(kit.ctx)).length, 1);
});

test("what was typed wrong uses nothing up", async () => {
  await using kit = await createTestContext();
  const secret = secretOf(await inviteMember(kit.ctx, "staff"));
  const refused = await acceptInvitation(kit.ctx, secret, { ...bermet, password: "коротко" });
  assert.deepEqual(refused, { kind: "faulty", faults: ["password-short"] });
  assert.equal((await findInvitation(kit.ctx, secret)).kind, "open");
});

test("a link waits for seven days and no longer", async () => {
  await using kit = await createTestContext();
  const secret = secretOf(await inviteMember(kit.ctx, "staff"));
  kit.advance({ hours: 7 * 24 - 1, minutes: 59, seconds: 59 });
  assert.equal((await findInvitation(kit.ctx, secret)).kind, "open");
  kit.advance({ seconds: 1 });
  assert.deepEqual(await acceptInvitation(kit.ctx, secret, bermet), { kind: "expired" });
  assert.deepEqual(await listInvitations(kit.ctx), []);
});

test("neither the database nor the log holds a password or the secret of a link", async () => {
  await using kit = await createTestContext();
  const secret = secretOf(await inviteMember(kit.ctx, "staff"));
  await acceptInvitation(kit.ctx, secret, bermet);
  const members = await kit.ctx.db.selectFrom("staff.member").selectAll().execute();
  const invitations = await kit.ctx.db.selectFrom("staff.invitation").selectAll().execute();
  const kept = JSON.stringify([members, invitations.map((row) => row.token_digest.toString("base64url")), kit.log]);
  assert.ok(!kept.includes(bermet.password));
  assert.ok(!kept.includes(secret));
});
