import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTransport } from "nodemailer";
import { findClause } from "../../policy/language/policy-text.ts";
import type { Context } from "../../server/context.ts";
import { connect } from "../../server/database/connect.ts";
import { type Intake, startIntake } from "../../server/intake/letter-server.ts";
import { answerRequest } from "../../server/requests/answer-request.ts";
import { readLetterFile, readRequestLetters } from "../../server/requests/read-request-letters.ts";
import { findRequest, listRequests, type RegisteredRequest } from "../../server/requests/register.ts";
import { newAddress, writeLetter } from "../../test-kit/correspondence.ts";
import { createScene, type Scene, stateOf } from "./scene.ts";

let scene: Scene;
let ctx: Context;
let intake: Intake;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
  intake = await startIntake(ctx);
});
after(async () => {
  await intake[Symbol.asyncDispose]();
  await scene[Symbol.asyncDispose]();
});

/** Hands a letter over as the company's mail server would. Returns the code of the reply: 250, or why not. */
async function deliver(raw: Buffer, from: string, port = intake.port): Promise<number> {
  const transport = createTransport({ host: "127.0.0.1", port });
  const envelope = { from, to: [ctx.policy.controller.email] };
  try {
    return Number((await transport.sendMail({ envelope, raw })).response.slice(0, 3));
  } catch (error) {
    assert.ok(error instanceof Error && "responseCode" in error);
    return Number(error.responseCode);
  } finally {
    transport.close();
  }
}

/** Delivers a letter and returns the request that it opened. */
async function requestOf(raw: Buffer, from: string): Promise<RegisteredRequest> {
  const before = new Set((await listRequests(ctx)).map(({ number }) => number));
  assert.equal(await deliver(raw, from), 250);
  const opened = (await listRequests(ctx)).filter(({ number }) => !before.has(number));
  assert.equal(opened.length, 1);
  return opened[0] ?? assert.fail();
}

test("21: letters are taken at the address that the clause names", () => {
  const { email } = ctx.policy.controller;
  for (const language of ["ru", "ky"] as const) {
    assert.ok(findClause(ctx.texts[language].text, "21")?.paragraphs[0]?.text.includes(email));
  }
});

const from = newAddress();
const letters: Readonly<Record<string, Buffer>> = {
  "a question": writeLetter({ from, line: "Вопрос о Политике", text: "Что такое обезличивание?" }),
  "a question in Kyrgyz": writeLetter({ from, line: "Суроо", text: "Маалыматтарым кайда сакталат?" }),
  "a letter without a subject line or a word": writeLetter({ from, line: "", text: "" }),
  "a demand in other words than the policy's": writeLetter({
    from,
    line: "Удалите мои данные!",
    text: "Немедленно.",
  }),
  "a letter in an old charset that does not say which": Buffer.concat([
    Buffer.from(`From: ${from}\r\nSubject: `),
    // «Вопрос» in windows-1251.
    Buffer.from([0xc2, 0xee, 0xef, 0xf0, 0xee, 0xf1]),
    Buffer.from("\r\n\r\n?\r\n"),
  ]),
  "a letter of nothing but HTML": Buffer.from(
    `From: ${from}\r\nSubject: html\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Где мои данные?</p>\r\n`,
  ),
  "a letter that says nowhere who wrote it": Buffer.from("Subject: ?\r\n\r\nWho am I?\r\n"),
  "an automatic answer": writeLetter({
    from,
    line: "Out of office",
    headers: ["Auto-Submitted: auto-replied"],
  }),
  "something that is no letter at all": Buffer.from([0, 255, 1, 2, 3, 13, 10, 13, 10, 200, 201]),
};

for (const [what, raw] of Object.entries(letters)) {
  test(`21: ${what} becomes a request to staff, with a number and seven days to answer, and is kept to the byte`, async () => {
    const request = await requestOf(raw, from);
    assert.deepEqual(
      [request.kind, request.clause, request.state, request.channel],
      ["question", "21", "staff", "letter"],
    );
    const today = ctx.now().toZonedDateTimeISO("Asia/Bishkek").toPlainDate();
    assert.equal(request.dueOn.toString(), today.add({ days: 7 }).toString());
    const asked = { number: request.number, staffId: await scene.staffId() };
    const read = await readRequestLetters(ctx, asked);
    assert.ok(read.kind === "read" && read.letters.length === 1);
    const file = await readLetterFile(ctx, { ...asked, index: "0" });
    assert.ok(file.kind === "read" && file.raw.equals(withFinalLineEnd(raw)));
  });
}

/** SMTP ends every letter with a line end (RFC 5321, 4.1.1.4). */
function withFinalLineEnd(raw: Buffer): Buffer {
  return raw.subarray(-2).equals(Buffer.from("\r\n")) ? raw : Buffer.concat([raw, Buffer.from("\r\n")]);
}

test("21: the same letter sent again, because the reply was lost, is neither lost nor entered twice", async () => {
  const raw = writeLetter({ from, line: "Вопрос", text: "Один раз." });
  await requestOf(raw, from);
  const before = (await listRequests(ctx)).length;
  assert.equal(await deliver(raw, from), 250);
  assert.equal((await listRequests(ctx)).length, before);
});

test("21: a letter that cannot be stored is not acknowledged, so that it comes again; then it is there", async () => {
  const raw = writeLetter({ from, line: "Вопрос", text: "Пока базы нет." });
  const before = (await listRequests(ctx)).length;
  {
    await using nowhere = connect({ ...scene.kit.database.appAddress, port: 1 }, { name: "nowhere", max: 1 });
    await using broken = await startIntake({ ...ctx, db: nowhere.db });
    assert.equal(await deliver(raw, from, broken.port), 451);
  }
  assert.equal((await listRequests(ctx)).length, before);
  await requestOf(raw, from);
});

test("21: an unanswered request stays open and comes to be overdue; nothing but an answer closes it", async () => {
  const writer = newAddress();
  const request = await requestOf(writeLetter({ from: writer, line: "Вопрос" }), writer);
  scene.kit.advance({ days: 30 });
  await scene.kit.runJobs();
  const later = await findRequest(ctx, request.number);
  assert.equal(later?.state, "staff");
  const today = ctx.now().toZonedDateTimeISO("Asia/Bishkek").toPlainDate();
  assert.equal(Temporal.PlainDate.compare(later?.dueOn ?? today, today), -1);

  await answerRequest(ctx, { number: request.number, staffId: await scene.staffId() });
  const closed = await findRequest(ctx, request.number);
  assert.deepEqual(
    [closed?.state, closed?.outcome, closed?.closedBy],
    ["closed", "answered", "Бермет Кадрова"],
  );
});

test("21: whoever only asked a question is kept no longer than the answer takes", async () => {
  const writer = newAddress();
  const subject = await scene.stranger(writer);
  const open = (await listRequests(ctx)).filter(({ state }) => state !== "closed");
  const number = open.toSorted((a, b) => Number(b.number) - Number(a.number))[0]?.number ?? "";
  assert.deepEqual(await answerRequest(ctx, { number, staffId: await scene.staffId() }), {
    kind: "answered",
    ends: true,
  });
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, subject), "erased");
});
