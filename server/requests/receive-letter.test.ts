import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { enrol, newAddress, secretIn, subjectLines, subjectOf, writeLetter } from "../../test-kit/correspondence.ts";
import { type MailServer, startMailServer } from "../../test-kit/mail-server.ts";
import type { Context } from "../context.ts";
import { createSmtpMailer } from "../letters/smtp-mailer.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { confirmRequest } from "./confirm-request.ts";
import { readLetterFile, readRequestLetters } from "./read-request-letters.ts";
import { type Received, receiveLetter } from "./receive-letter.ts";
import { findRequest } from "./register.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

let server: MailServer;
let scene: TestContext;
let ctx: Context;
before(async () => {
  server = await startMailServer();
  const mailer = createSmtpMailer({ url: server.url, from: "softskills@lerna.kg", fromName: "Школа" });
  scene = await createTestContext({ mailer });
  ctx = scene.ctx;
});
after(async () => {
  await scene[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

let email: string;
beforeEach(() => {
  email = newAddress();
});

/** Takes a letter in and lets every letter that follows leave. */
async function receive(letter: Parameters<typeof writeLetter>[0], returnPath?: string): Promise<Received> {
  const received = await receiveLetter(ctx, {
    raw: writeLetter(letter),
    ...(returnPath === undefined ? {} : { returnPath }),
  });
  await scene.runJobs();
  return received;
}

async function opened(letter: Parameters<typeof writeLetter>[0], returnPath?: string) {
  const received = await receive(letter, returnPath);
  assert.ok(received.kind === "opened", received.kind);
  return (await findRequest(ctx, received.request.number)) ?? assert.fail();
}

/** Letters with a link that came to this address. */
const links = (to = email) => server.letters.filter((letter) => letter.to === to && letter.text.includes("/confirm/"));
const allTo = (to: string) => server.letters.filter((letter) => letter.to === to);

test("a demand to stop waits for its confirmation, and the link goes to the address on record", async () => {
  await enrol(ctx, email);
  const request = await opened({ from: email.toUpperCase(), line: subjectLines.stopRu });
  assert.deepEqual(
    [request.kind, request.state, request.clause, request.channel, request.language, request.letters, request.linkLive],
    ["stop", "unconfirmed", "17", "letter", "ru", 1, true],
  );
  assert.equal(request.dueOn.toString(), "2026-12-23");
  assert.equal(links().length, 1);
  assert.match(links()[0]?.text ?? "", new RegExp(`\\n${ctx.config.origin}/ru/confirm/[\\w-]{43}\\n`));
});

test("a demand in Kyrgyz is answered in Kyrgyz", async () => {
  await enrol(ctx, email);
  const request = await opened({ from: email, line: `Re: «${subjectLines.stopKy}»` });
  assert.equal(request.language, "ky");
  assert.match(links()[0]?.text ?? "", /Саламатсызбы![^]*\/ky\/confirm\//);
});

test("a stranger gets the same letter as a person who is known, so that it tells nobody who is", async () => {
  const known = newAddress();
  await enrol(ctx, known);
  const first = await opened({ from: known, line: subjectLines.stopRu });
  const second = await opened({ from: email, line: subjectLines.stopRu });
  const blank = (to: string, number: string) =>
    links(to).map(({ line, text }) => [line, text.replace(secretIn(text), "…").replace(` ${number}.`, " …")]);
  assert.deepEqual(blank(known, first.number), blank(email, second.number));
  const { number: _one, ...firstRow } = first;
  const { number: _two, ...secondRow } = second;
  assert.deepEqual(firstRow, secondRow);
});

test("a letter that states another's address opens that person's request, and tells the writer nothing", async () => {
  const subject = await enrol(ctx, email);
  const writer = newAddress();
  const request = await opened({ from: writer, line: subjectLines.stopRu, text: `Мой адрес: ${email}` });
  assert.equal(allTo(writer).length, 0);
  const opening = await ctx.db
    .selectFrom("requests.request")
    .select(["kind", "state"])
    .where("subject_id", "=", subject)
    .execute();
  assert.deepEqual(opening, [{ kind: "stop", state: "unconfirmed" }]);
  assert.deepEqual(await confirmRequest(ctx, secretIn(links()[0]?.text ?? "")), { kind: "confirmed" });
  await scene.runJobs();
  await assert.rejects(subjectOf(ctx, email), "the owner of the address has decided, and is erased");

  assert.equal(request.state, "staff", "the letter itself lies under its writer's key, for staff to read");
  const sealed = await ctx.db
    .selectFrom("letters.incoming")
    .innerJoin("requests.request as request", "request.request_id", "letters.incoming.request_id")
    .select("letters.incoming.subject_id")
    .where("request.number", "=", request.number)
    .execute();
  assert.deepEqual(sealed, [{ subject_id: await subjectOf(ctx, writer) }]);
});

test("a letter that states an address nobody has goes to staff, and nobody is written to", async () => {
  const [known, stated, other] = [newAddress(), newAddress(), newAddress()];
  await enrol(ctx, known);
  const request = await opened({ from: email, line: subjectLines.stopRu, text: `Мой адрес: ${stated}` });
  assert.deepEqual([request.kind, request.state], ["stop", "staff"]);
  assert.equal(allTo(email).length + allTo(stated).length, 0);
  const { number: _one, ...row } = request;
  const { number: _two, ...same } = await opened({ from: other, line: subjectLines.stopRu, text: known });
  assert.deepEqual(row, same, "the writer's request is the same where somebody has the address");
});

test("a letter that states two strangers' addresses goes to staff", async () => {
  const request = await opened({ from: email, line: subjectLines.stopRu, text: "a@example.org, b@example.org" });
  assert.equal(request.state, "staff");
});

test("a demand to correct data goes to staff with seven working days", async () => {
  const request = await opened({ from: email, line: subjectLines.rectifyKy });
  assert.deepEqual(
    [request.kind, request.state, request.clause, request.language, request.dueOn.toString()],
    ["rectification", "staff", "16", "ky", "2026-12-02"],
  );
  assert.equal(allTo(email).length, 0);
});

test("a letter that fits nothing is a question, and staff can read it", async () => {
  const request = await opened({ from: email, line: "Вопрос", text: "Когда начало курса?" });
  assert.deepEqual([request.kind, request.state, request.clause], ["question", "staff", "21"]);
  const read = await readRequestLetters(ctx, { number: request.number, staffId: ctx.newId() });
  assert.ok(read.kind === "read");
  assert.deepEqual(
    read.letters.map(({ from, line, text, receivedAt }) => [from, line, text.trim(), String(receivedAt)]),
    [[email, "Вопрос", "Когда начало курса?", String(ctx.now())]],
  );
});

test("a letter that cannot be read at all is a question too, and staff get every byte of it", async () => {
  const raw = Buffer.from([0, 255, 10, 13, 0, 1, 2, 3]);
  const received = await receiveLetter(ctx, { raw });
  assert.ok(received.kind === "opened" && received.request.state === "staff");
  const asked = { number: received.request.number, staffId: ctx.newId() };
  const read = await readRequestLetters(ctx, asked);
  assert.ok(read.kind === "read" && read.letters.length === 1);
  const file = await readLetterFile(ctx, { ...asked, index: "0" });
  assert.ok(file.kind === "read" && file.raw.equals(raw));
  for (const index of ["1", "-1", "0.5", "", "00", "constructor"]) {
    assert.deepEqual(await readLetterFile(ctx, { ...asked, index }), { kind: "unknown" });
  }
});

test("what a robot writes is stored for staff and never answered", async () => {
  const auto = { from: email, line: subjectLines.stopRu };
  assert.equal((await opened({ ...auto, headers: ["Auto-Submitted: auto-replied"] })).state, "staff");
  assert.equal((await opened({ ...auto, headers: ["Precedence: bulk"] })).state, "staff");
  assert.equal((await opened(auto, "")).state, "staff");
  assert.equal(allTo(email).length, 0);
  const address = await ctx.db
    .selectFrom("vault.lookup")
    .select("digest")
    .where("digest", "=", ctx.index.digest("email", email))
    .execute();
  assert.deepEqual(address, [], "the address of an unknown robot is not kept");
});

test("the same letter delivered twice, also at the same moment, is taken once", async () => {
  const raw = writeLetter({ from: email, line: subjectLines.stopRu });
  const both = await Promise.all([receiveLetter(ctx, { raw }), receiveLetter(ctx, { raw })]);
  assert.deepEqual(both.map(({ kind }) => kind).toSorted(), ["duplicate", "opened"]);
  assert.deepEqual(await receiveLetter(ctx, { raw }), { kind: "duplicate" });
  await scene.runJobs();
  assert.equal(links().length, 1);
});

test("two first letters of one person at the same moment make one subject and one request", async () => {
  const letters = [1, 2, 3, 4].map(() => writeLetter({ from: email, line: subjectLines.stopRu }));
  const received = await Promise.all(letters.map((raw) => receiveLetter(ctx, { raw })));
  assert.deepEqual(received.map(({ kind }) => kind).toSorted(), ["joined", "joined", "joined", "opened"]);
  const numbers = new Set(received.map((each) => (each.kind === "duplicate" ? "" : each.request.number)));
  assert.equal(numbers.size, 1);
});

test("a repeated demand joins the first one, brings a new link, and at most five a day", async () => {
  const demand = () => receive({ from: email, line: subjectLines.stopRu });
  const first = await demand();
  for (let times = 0; times < 6; times++) assert.equal((await demand()).kind, "joined");
  assert.equal(links().length, 5);
  assert.ok(first.kind === "opened");
  assert.equal((await findRequest(ctx, first.request.number))?.letters, 7, "every letter is stored all the same");
  scene.advance({ hours: 25 });
  await demand();
  assert.equal(links().length, 6);
});

test("a person whose data is being destroyed may still write, and nothing is answered twice", async () => {
  const subject = await enrol(ctx, email);
  const first = await opened({ from: email, line: subjectLines.stopRu });
  server.refuse({ code: 451, at: "recipient" });
  assert.deepEqual(await confirmRequest(ctx, secretIn(links()[0]?.text ?? "")), { kind: "confirmed" });
  const again = await receive({ from: email, line: subjectLines.stopRu });
  assert.ok(again.kind === "joined" && again.request.number === first.number && again.request.state === "erasing");
  const question = await opened({ from: email, line: "Вопрос" });
  assert.equal(question.state, "staff");
  const read = await readRequestLetters(ctx, { number: question.number, staffId: ctx.newId() });
  assert.equal(read.kind, "read");

  server.accept();
  await ctx.queue.add(ctx.db, "erase", { subject });
  const waiting = await ctx.db
    .selectFrom("letters.outgoing")
    .select(["subject_id", "letter_id"])
    .where("subject_id", "=", subject)
    .where("state", "=", "waiting")
    .execute();
  for (const { subject_id, letter_id } of waiting) {
    await ctx.queue.add(ctx.db, "deliver-letter", { subject: subject_id, letter: letter_id });
  }
  await scene.runJobs();
  assert.deepEqual(
    [await findRequest(ctx, first.number), await findRequest(ctx, question.number)].map((each) => each?.outcome),
    ["destroyed", "superseded"],
  );
});

test("somebody who was erased and writes again is somebody new", async () => {
  const before = await enrol(ctx, email);
  await opened({ from: email, line: subjectLines.stopRu });
  await confirmRequest(ctx, secretIn(links()[0]?.text ?? ""));
  await scene.runJobs();
  const request = await opened({ from: email, line: subjectLines.stopRu });
  assert.equal(request.state, "unconfirmed");
  assert.notEqual(await subjectOf(ctx, email), before);
});

test("a demand to stop what has stopped already needs no confirmation and is served by the same erasure", async () => {
  const subject = await enrol(ctx, email);
  await ctx.db.transaction().execute((tx) =>
    acceptStop(ctx, tx, { subject, event: "17.4", request: null, actor: { kind: "system" } }),
  );
  const received = await receiveLetter(ctx, { raw: writeLetter({ from: email, line: subjectLines.stopRu }) });
  assert.ok(received.kind === "opened" && received.request.state === "erasing");
  await scene.runJobs();
  assert.equal((await findRequest(ctx, received.request.number))?.outcome, "destroyed");
  assert.equal(links().length, 0);
});

test("taking a letter in is journaled as a collection under clause 7", async () => {
  await opened({ from: email, line: "Вопрос" });
  await opened({ from: email, line: "Ещё вопрос" });
  const subject = await subjectOf(ctx, email);
  const entries = await entriesAbout(ctx, subject, ["operation", "purpose", "categories", "actor", "outcome"]);
  const collection = { operation: "collection", purpose: "7", actor: "subject", outcome: "done" };
  const request = { ...collection, operation: "recording", categories: [] };
  assert.deepEqual(entries, [
    { ...collection, categories: ["email", "letter"] },
    request,
    request,
    { ...collection, categories: ["letter"] },
  ]);
});

test("a letter that cannot be stored leaves nothing behind", async () => {
  const broken: Context = { ...ctx, queue: { add: () => Promise.reject(new Error("no queue")) } };
  await assert.rejects(receiveLetter(broken, { raw: writeLetter({ from: email, line: subjectLines.stopRu }) }));
  await assert.rejects(subjectOf(ctx, email));
});

test("nothing that a letter says or who wrote it is in the log", () => {
  assert.doesNotMatch(scene.log.join("\n"), /example\.kg|Прекратить|токтотуу/);
});
