import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { enrol, newAddress, subjectLines, subjectOf, writeLetter } from "../../test-kit/correspondence.ts";
import type { Context } from "../context.ts";
import { answerRequest } from "./answer-request.ts";
import { readRequestLetters } from "./read-request-letters.ts";
import { receiveLetter } from "./receive-letter.ts";
import { findRequest } from "./register.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

let scene: TestContext;
let ctx: Context;
let staffId: string;
before(async () => {
  scene = await createTestContext({ mailer: { send: async () => ({ kind: "sent" }) } });
  ctx = scene.ctx;
  staffId = ctx.newId();
  await ctx.db
    .insertInto("staff.member")
    .values({
      staff_id: staffId,
      login: "begimai",
      name: "Бегимай Тестова",
      role: "staff",
      password_hash: "none",
      created_at: ctx.now(),
    })
    .execute();
});
after(() => scene[Symbol.asyncDispose]());

let email: string;
beforeEach(() => {
  email = newAddress();
});

async function ask(line: string): Promise<string> {
  const received = await receiveLetter(ctx, { raw: writeLetter({ from: email, line }) });
  assert.ok(received.kind !== "duplicate");
  return received.request.number;
}

test("a question of somebody who is known is closed, and their data lives on for what they agreed to", async () => {
  await enrol(ctx, email);
  const number = await ask("Вопрос");
  assert.deepEqual(await answerRequest(ctx, { number, staffId }), { kind: "answered", ends: false });
  const request = await findRequest(ctx, number);
  assert.deepEqual(
    [request?.state, request?.outcome, request?.closedBy, String(request?.closedAt)],
    ["closed", "answered", "Бегимай Тестова", String(ctx.now())],
  );
  assert.deepEqual(await answerRequest(ctx, { number, staffId }), { kind: "closed" });
});

test("once a stranger's last question is answered, nothing is kept of them", async () => {
  const [first, second] = [await ask("Вопрос"), await ask("Ещё вопрос")];
  const subject = await subjectOf(ctx, email);
  assert.deepEqual(await answerRequest(ctx, { number: first, staffId }), { kind: "answered", ends: false });
  assert.deepEqual(await answerRequest(ctx, { number: second, staffId }), { kind: "answered", ends: true });
  await scene.runJobs();
  const letters = ctx.db.selectFrom("letters.incoming").select("letter_id").where("subject_id", "=", subject);
  assert.deepEqual(await letters.execute(), []);
  await assert.rejects(subjectOf(ctx, email));
  assert.equal((await findRequest(ctx, second))?.outcome, "answered", "the register keeps the row");
});

test("while the person can still confirm a demand, staff cannot close it; afterwards they can", async () => {
  await enrol(ctx, email);
  const number = await ask(subjectLines.stopRu);
  assert.deepEqual(await answerRequest(ctx, { number, staffId }), { kind: "link-live" });
  scene.advance({ hours: 8 * 24 });
  assert.equal((await findRequest(ctx, number))?.linkLive, false);
  assert.deepEqual(await answerRequest(ctx, { number, staffId }), { kind: "answered", ends: false });
});

test("the letters of a closed request stay sealed", async () => {
  await enrol(ctx, email);
  const number = await ask("Вопрос");
  await answerRequest(ctx, { number, staffId });
  const read = await readRequestLetters(ctx, { number, staffId });
  assert.ok(read.kind === "refused" && read.reason === "not-owed");
});

test("reading a letter is journaled with the name of nobody but the member of staff", async () => {
  const number = await ask("Вопрос");
  await readRequestLetters(ctx, { number, staffId });
  const subject = await subjectOf(ctx, email);
  const entries = await entriesAbout(ctx, subject, ["operation", "purpose", "categories", "staff_id"]);
  const ofStaff = entries.filter((entry) => entry.staff_id !== null);
  assert.deepEqual(ofStaff, [{ operation: "extraction", purpose: "21", categories: ["letter"], staff_id: staffId }]);
});

test("a number that is none is answered by nothing", async () => {
  for (const number of ["", "x", "999999"]) {
    assert.deepEqual(await answerRequest(ctx, { number, staffId }), { kind: "unknown" });
    assert.deepEqual(await readRequestLetters(ctx, { number, staffId }), { kind: "unknown" });
  }
});
