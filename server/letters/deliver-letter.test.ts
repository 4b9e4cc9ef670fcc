import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { type MailServer, startMailServer } from "../../test-kit/mail-server.ts";
import type { Context } from "../context.ts";
import { submitEnquiry } from "../enquiries/submit-enquiry.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { deliverLetter } from "./deliver-letter.ts";
import type { LetterPlace } from "./sealed-letter.ts";
import { createSmtpMailer } from "./smtp-mailer.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

let server: MailServer;
let scene: TestContext;
let ctx: Context;
before(async () => {
  server = await startMailServer();
  scene = await createTestContext({
    mailer: createSmtpMailer({ url: server.url, from: "softskills@lerna.kg", fromName: "Школа" }),
  });
  ctx = scene.ctx;
});
after(async () => {
  await scene[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

let serial = 0;
let email: string;
let place: LetterPlace;
beforeEach(async () => {
  serial += 1;
  email = `aibek.${serial}@example.kg`;
  place = await enquire();
});

/** Somebody enquires; the letter that confirms it waits. */
async function enquire(): Promise<LetterPlace> {
  const fields = { surname: "Тестов", firstName: "Айбек", phone: `+99655500${String(1000 + serial)}`, email };
  const taken = await submitEnquiry(ctx, { form: "enrol", language: "ky", fields, ticked: [], declared: true });
  assert.ok(taken.kind === "accepted", JSON.stringify(taken));
  const { subject_id, letter_id } = await ctx.db
    .selectFrom("letters.outgoing")
    .innerJoin("enquiries.enquiry as enquiry", "enquiry.subject_id", "letters.outgoing.subject_id")
    .select(["letters.outgoing.subject_id", "letter_id"])
    .where("enquiry.number", "=", taken.number)
    .executeTakeFirstOrThrow();
  return { subject: subject_id, letter: letter_id };
}

async function state(): Promise<{ state: string; attempts: number; settled: boolean }> {
  const row = await ctx.db
    .selectFrom("letters.outgoing")
    .select(["state", "attempts", "settled_at"])
    .where("letter_id", "=", place.letter)
    .executeTakeFirstOrThrow();
  return { state: row.state, attempts: row.attempts, settled: row.settled_at !== null };
}

const arrived = () => server.letters.filter(({ to }) => to === email);

test("a letter that waits is sent once, in its language, with its id as Message-ID", async () => {
  assert.equal(await deliverLetter(ctx, place), "settled");
  assert.equal(await deliverLetter(ctx, place), "settled");
  assert.equal(arrived().length, 1);
  assert.equal(arrived()[0]?.messageId, `<${place.letter}@lerna.kg>`);
  assert.match(arrived()[0]?.text ?? "", /Саламатсызбы!/);
  assert.deepEqual(await state(), { state: "sent", attempts: 1, settled: true });
});

test("sending is journaled as a use of the address, under the letter's own ground", async () => {
  await deliverLetter(ctx, place);
  const entries = await entriesAbout(ctx, place.subject, ["operation", "purpose", "categories", "actor", "outcome"]);
  const use = { operation: "use", purpose: "8.2", categories: ["email"], actor: "system", outcome: "done" };
  assert.deepEqual(entries.at(-1), use);
});

test("a server that cannot take it now leaves the letter waiting, and it is sent later", async () => {
  server.refuse({ code: 450, at: "recipient" });
  assert.equal(await deliverLetter(ctx, place), "waiting");
  server.accept();
  assert.deepEqual(await state(), { state: "waiting", attempts: 1, settled: false });
  assert.equal(await deliverLetter(ctx, place), "settled");
  assert.deepEqual(await state(), { state: "sent", attempts: 2, settled: true });
});

test("a server that refuses for good settles the letter as failed", async () => {
  server.refuse({ code: 550, at: "recipient" });
  assert.equal(await deliverLetter(ctx, place), "settled");
  server.accept();
  assert.deepEqual(await state(), { state: "failed", attempts: 1, settled: true });
  assert.equal(await deliverLetter(ctx, place), "settled");
  assert.equal(arrived().length, 0);
});

test("without an SMTP server the letter waits", async () => {
  assert.equal(await deliverLetter({ ...ctx, mailer: undefined }, place), "waiting");
  assert.deepEqual(await state(), { state: "waiting", attempts: 0, settled: false });
});

test("a letter whose reason has gone before it left is not sent", async () => {
  await ctx.db.transaction().execute((tx) =>
    acceptStop(ctx, tx, { subject: place.subject, event: "17.2", request: null, actor: { kind: "subject" } }),
  );
  assert.equal(await deliverLetter(ctx, place), "settled");
  assert.equal(arrived().length, 0);
  assert.equal((await state()).state, "failed");
});

test("a letter of somebody who is erased is gone, and nothing is sent", async () => {
  assert.equal(await deliverLetter(ctx, { subject: ctx.newId(), letter: ctx.newId() }), "settled");
});

test("no address, name or word of a letter is in the log", async () => {
  await deliverLetter(ctx, place);
  assert.doesNotMatch(scene.log.join("\n"), /example\.kg|Айбек|Тестов/);
});
