import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { type CabinetPeople, createCabinetPeople, type Person } from "../../test-kit/cabinet-people.ts";
import type { Context } from "../context.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { askCode } from "./ask-code.ts";
import { createSession, endSession, findSession } from "./cabinet-session.ts";
import { checkCode } from "./check-code.ts";
import { newCode } from "./one-time-code.ts";
import { SignInLimits } from "./sign-in-limits.ts";

let people: CabinetPeople;
let ctx: Context;
let limits: SignInLimits;
let person: Person;
before(async () => {
  people = await createCabinetPeople();
  ctx = people.kit.ctx;
});
after(() => people[Symbol.asyncDispose]());
beforeEach(async () => {
  limits = new SignInLimits();
  person = await people.enrol();
});

async function ask(address: string): Promise<string> {
  const asked = await askCode(ctx, limits, { email: address, language: "ru" });
  await people.kit.runJobs();
  return asked.kind === "asked" ? asked.codeId : assert.fail(`wait ${asked.seconds} s`);
}

async function rowOf(codeId: string) {
  return ctx.db.selectFrom("sign_in.code").selectAll().where("code_id", "=", codeId).executeTakeFirstOrThrow();
}

const wrong = (right: string) => (right === "000000" ? "000001" : "000000");

test("the code goes to the address on record, as it was recorded, and signs in once", async () => {
  const codeId = await ask(person.email.toUpperCase());
  const code = people.lastCode(person.email);
  const checked = await checkCode(ctx, { codeId, code });
  assert.ok(checked.kind === "signed-in");
  assert.deepEqual((await findSession(ctx, checked.cookie))?.subject, person.subject);
  assert.deepEqual(await checkCode(ctx, { codeId, code }), { kind: "expired" });
});

test("asking for a code with an unknown address makes a row like any other, and sends nothing", async () => {
  const before = people.mail.letters.length;
  const [known, unknown] = [await rowOf(await ask(person.email)), await rowOf(await ask("nobody@example.org"))];
  assert.equal(people.mail.letters.length, before + 1);
  assert.deepEqual([known.subject_id, unknown.subject_id], [person.subject, null]);
  assert.equal(String(unknown.expires_at), String(known.expires_at));
  assert.equal(unknown.digest.length, known.digest.length);
});

test("no answer comes so soon that it could tell a known address from an unknown one", async () => {
  for (const address of [person.email, "nobody@example.org"]) {
    const began = performance.now();
    await askCode(ctx, limits, { email: address, language: "ru" });
    assert.ok(performance.now() - began >= 295);
  }
});

test("an unknown address fails exactly as a wrong code does, to the last attempt", async () => {
  const [known, unknown] = [await ask(person.email), await ask("nobody@example.org")];
  const code = wrong(people.lastCode(person.email));
  const outcomes = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const one = await checkCode(ctx, { codeId: known, code });
    const other = await checkCode(ctx, { codeId: unknown, code });
    assert.deepEqual(one, other);
    outcomes.push(one.kind === "wrong" ? one.attemptsLeft : one.kind);
  }
  assert.deepEqual(outcomes, [4, 3, 2, 1, "used-up", "used-up"]);
});

test("after five wrong codes the right one is worth nothing", async () => {
  const codeId = await ask(person.email);
  const code = people.lastCode(person.email);
  for (let attempt = 0; attempt < 5; attempt += 1) await checkCode(ctx, { codeId, code: wrong(code) });
  assert.deepEqual(await checkCode(ctx, { codeId, code }), { kind: "used-up" });
});

test("of twenty wrong codes at once no more than five are compared", async () => {
  const codeId = await ask(person.email);
  const code = wrong(people.lastCode(person.email));
  const checked = await Promise.all(Array.from({ length: 20 }, () => checkCode(ctx, { codeId, code })));
  const left = checked.flatMap((outcome) => (outcome.kind === "wrong" ? [outcome.attemptsLeft] : []));
  assert.deepEqual(left.sort(), [1, 2, 3, 4]);
  assert.equal(checked.filter(({ kind }) => kind === "used-up").length, 16);
  assert.equal((await rowOf(codeId)).attempts, 5);
});

test("of twenty right codes at once only one signs in", async () => {
  const codeId = await ask(person.email);
  const code = people.lastCode(person.email);
  const checked = await Promise.all(Array.from({ length: 20 }, () => checkCode(ctx, { codeId, code })));
  assert.equal(checked.filter(({ kind }) => kind === "signed-in").length, 1);
});

test("a code expires after ten minutes", async () => {
  const codeId = await ask(person.email);
  people.kit.advance({ minutes: 10 });
  assert.deepEqual(await checkCode(ctx, { codeId, code: people.lastCode(person.email) }), { kind: "expired" });
});

test("a code works only where it was asked for", async () => {
  const codeId = await ask(person.email);
  const code = people.lastCode(person.email);
  const other = await ask(person.email);
  const checked = await checkCode(ctx, { codeId: other, code });
  assert.equal(checked.kind, people.lastCode(person.email) === code ? "signed-in" : "wrong");
  assert.equal((await checkCode(ctx, { codeId, code })).kind, "signed-in");
});

for (const codeId of ["", "1", "' or 1=1", "00000000-0000-7000-8000-000000000000"]) {
  test(`a code id that was never given (${JSON.stringify(codeId)}) is as good as an expired one`, async () => {
    assert.deepEqual(await checkCode(ctx, { codeId, code: "123456" }), { kind: "expired" });
  });
}

test("a fourth code in a quarter of an hour is refused, known address or not", async () => {
  for (const address of [person.email, "nobody@example.org"]) {
    for (let asked = 0; asked < 3; asked += 1) await ask(address);
    const fourth = await askCode(ctx, limits, { email: address.toUpperCase(), language: "ru" });
    assert.ok(fourth.kind === "wait" && fourth.seconds > 0 && fourth.seconds <= 900);
  }
});

test("a person who was stopped can still sign in, to see what is happening", async () => {
  await ctx.db.transaction().execute((tx) =>
    acceptStop(ctx, tx, { subject: person.subject, event: "17.2", request: null, actor: { kind: "subject" } }),
  );
  const asked = await askCode(ctx, limits, { email: person.email, language: "ru" });
  assert.ok(asked.kind === "asked");
  assert.equal((await rowOf(asked.codeId)).subject_id, person.subject);
});

test("once the data is destroyed the address is unknown and no sign-in is left", async () => {
    const codeId = await ask(person.email);
  const code = people.lastCode(person.email);
  const cookie = await createSession(ctx, ctx.db, person.subject);
  await ctx.db.transaction().execute((tx) =>
    acceptStop(ctx, tx, { subject: person.subject, event: "17.2", request: null, actor: { kind: "subject" } }),
  );
  await people.kit.runJobs();
  assert.equal(await findSession(ctx, cookie), undefined);
  assert.deepEqual(await checkCode(ctx, { codeId, code }), { kind: "expired" });
  assert.equal((await rowOf(await ask(person.email))).subject_id, null);
});

test("a sign-in lasts twelve hours, and ends at once when the person signs out", async () => {
    const kept = await createSession(ctx, ctx.db, person.subject);
  const ended = await createSession(ctx, ctx.db, person.subject);
  await endSession(ctx, ended);
  assert.equal(await findSession(ctx, ended), undefined);
  people.kit.advance({ hours: 11, minutes: 59 });
  assert.equal((await findSession(ctx, kept))?.state, "active");
  people.kit.advance({ minutes: 1 });
  assert.equal(await findSession(ctx, kept), undefined);
});

test("a cookie with another person's id, or with one bit changed, signs nobody in", async () => {
    const cookie = await createSession(ctx, ctx.db, person.subject);
  for (const byte of [0, 15, 16, 47]) {
    const token = Buffer.from(cookie, "base64url");
    token.writeUInt8(token.readUInt8(byte) ^ 1, byte);
    assert.equal(await findSession(ctx, token.toString("base64url")), undefined);
  }
  for (const junk of ["", "x", `${cookie}A`]) assert.equal(await findSession(ctx, junk), undefined);
});

test("codes are six digits, and numbers that would favour some of them are thrown away", () => {
  const numbers = [0xffffffff, 4_294_000_000, 4_293_999_999, 7];
  const next = () => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(numbers.shift() ?? 0);
    return bytes;
  };
  assert.equal(newCode(next), "999999");
  assert.equal(newCode(next), "000007");
});
