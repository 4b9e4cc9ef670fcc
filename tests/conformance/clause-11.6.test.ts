import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findMyErasure } from "../../server/access/my-requests.ts";
import { readMyData } from "../../server/access/my-data.ts";
import { withdrawConsent } from "../../server/consent/withdraw-consent.ts";
import type { Context } from "../../server/context.ts";
import { fulfilEnquiry } from "../../server/enquiries/fulfil-enquiry.ts";
import { revealField } from "../../server/enquiries/reveal-field.ts";
import { confirmRequest } from "../../server/requests/confirm-request.ts";
import { openFromCabinet } from "../../server/requests/open-from-cabinet.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { findRequest } from "../../server/requests/register.ts";
import { secretIn, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import {
  createScene,
  erasuresOf,
  type Person,
  purposeIds,
  type Scene,
  stateOf,
  tryUse,
  wordsOf,
} from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

async function numberOf({ subject }: Person): Promise<string> {
  const row = await ctx.db
    .selectFrom("enquiries.enquiry")
    .select("number")
    .where("subject_id", "=", subject)
    .executeTakeFirstOrThrow();
  return row.number;
}

/** Sends the policy's letter. Returns the number of the request and the secret of the link for it. */
async function demandByLetter({ email }: Person): Promise<{ number: string; secret: string }> {
  const received = await receiveLetter(ctx, { raw: writeLetter({ from: email, line: subjectLines.stopKy }) });
  await scene.kit.runJobs();
  assert.ok(received.kind === "opened");
  const letter = scene.mail.letters.findLast(({ to, text }) => to === email && text.includes("/confirm/"));
  return { number: received.request.number, secret: secretIn(letter?.text ?? "") };
}

test("11.6: data is kept while some purpose lives, and no longer: the last event ends storage, whichever it is", async () => {
  const person = await scene.enrol({ ticked: ["8.4"] });
  const { subject } = person;
  await fulfilEnquiry(ctx, { number: await numberOf(person), staffId: await scene.staffId() });
  assert.deepEqual(await erasuresOf(ctx, subject), [], "8.4 still lives");
  scene.kit.advance({ days: 40 });
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, subject), "active");
  await withdrawConsent(ctx, { subject, purpose: "8.4" });
  assert.equal((await erasuresOf(ctx, subject)).length, 1);
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, subject), "erased");
});

test("11.6: of several events the earliest decides: a later one neither begins anew nor puts the day off", async () => {
  const person = await scene.enrol();
  const { subject } = person;
  const { secret } = await demandByLetter(person);
  scene.mail.refuse({ code: 451, at: "data" });
  await openFromCabinet(ctx, { subject, kind: "destruction", language: "ru" });
  const [first] = await erasuresOf(ctx, subject);
  scene.kit.advance({ days: 5 });
  assert.deepEqual(await confirmRequest(ctx, secret), { kind: "confirmed" });
  assert.deepEqual(
    await openFromCabinet(ctx, { subject, kind: "stop", language: "ru" }).then(({ kind }) => kind),
    "already",
  );
  assert.deepEqual(await erasuresOf(ctx, subject), [first]);
  scene.mail.accept();
  scene.kit.advance({ days: 30 });
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, subject), "erased");
});

test("11.6.1: whoever deletes their data in the cabinet is obeyed at that moment: nothing reads it any more", async () => {
  const person = await scene.enrol({ ticked: ["8.4", "8.8"] });
  const number = await numberOf(person);
  const visitor = await scene.signIn(person);
  const answer = await visitor.post("/ru/cabinet/delete", { understand: "yes" });
  assert.equal(answer.headers.get("location"), "/ru/cabinet/farewell");
  for (const purpose of purposeIds) {
    assert.equal(await tryUse(ctx, person.subject, purpose), "stopped", purpose);
  }
  const staffId = await scene.staffId();
  const revealed = await revealField(ctx, { number, category: "phone", purpose: "8.2", staffId });
  assert.deepEqual(revealed, { kind: "refused", reason: "stopped", clause: "17" });
});

test("11.6.1: then the data goes, the person is told last of all, and the register shows it", async () => {
  const person = await scene.enrol({ language: "ky" });
  const visitor = await scene.signIn(person, "ky");
  await visitor.post("/ky/cabinet/delete", { understand: "yes" });
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, person.subject), "erased");
  const read = await readMyData(ctx, person.subject);
  assert.deepEqual(read, { kind: "refused", reason: "erased", clause: "17" });
  const letters = scene.mail.letters.filter(({ to }) => to === person.email);
  assert.match(letters.at(-1)?.line ?? "", /акыркы кат/);
  const erasure = await findMyErasure(ctx, person.subject);
  assert.equal(erasure?.event, "17.3");
  assert.match(await wordsOf(visitor.get("/ky/cabinet/farewell")), /жок кылынды/);
});

test("11.6.2: a withdrawal by the policy's letter, once confirmed, ends in the same destruction with the same evidence", async () => {
  const person = await scene.enrol();
  const { number, secret } = await demandByLetter(person);
  assert.deepEqual(await confirmRequest(ctx, secret), { kind: "confirmed" });
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, person.subject), "erased");
  const request = await findRequest(ctx, number);
  assert.deepEqual([request?.state, request?.outcome], ["closed", "destroyed"]);
  const erasure = await findMyErasure(ctx, person.subject);
  assert.equal(erasure?.event, "17.2");
  assert.deepEqual([erasure?.steps.at(0)?.target, erasure?.steps.at(-1)?.target], ["tell", "key"]);
  assert.ok(erasure?.steps.every(({ finishedAt }) => finishedAt !== undefined));
});

test("11.6.2: a demand for destruction in the cabinet is entered in the register and closed there when it is done", async () => {
  const person = await scene.enrol();
  const opened = await openFromCabinet(ctx, { subject: person.subject, kind: "destruction", language: "ru" });
  assert.ok(opened.kind === "opened");
  const during = await findRequest(ctx, opened.number);
  assert.deepEqual([during?.kind, during?.state, during?.clause], ["destruction", "erasing", "17"]);
  await scene.kit.runJobs();
  const done = await findRequest(ctx, opened.number);
  assert.deepEqual([done?.state, done?.outcome], ["closed", "destroyed"]);
});

test("11.6.2: the same person may come again afterwards, as somebody whom nobody remembers", async () => {
  const person = await scene.enrol();
  await openFromCabinet(ctx, { subject: person.subject, kind: "destruction", language: "ru" });
  await scene.kit.runJobs();
  await scene.sendAgain(person, "order");
  const digest = ctx.index.digest("email", person.email.toLowerCase());
  const found = await ctx.db
    .selectFrom("vault.lookup")
    .select("subject_id")
    .where("digest", "=", digest)
    .execute();
  assert.equal(found.length, 1);
  assert.notEqual(found[0]?.subject_id, person.subject);
});
