import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { CategoryId } from "../../server/config/policy.ts";
import type { Context } from "../../server/context.ts";
import { foreseeFulfilment, fulfilEnquiry } from "../../server/enquiries/fulfil-enquiry.ts";
import { findEnquiry } from "../../server/enquiries/find-enquiry.ts";
import { listEnquiries } from "../../server/enquiries/list-enquiries.ts";
import { revealField } from "../../server/enquiries/reveal-field.ts";
import { answerRequest } from "../../server/requests/answer-request.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { writeLetter } from "../../test-kit/correspondence.ts";
import {
  createScene,
  erasuresOf,
  journalOf,
  type Person,
  type Scene,
  seriesOf,
  stateOf,
  tryUse,
} from "./scene.ts";

let scene: Scene;
let ctx: Context;
let staffId: string;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
  staffId = await scene.staffId();
});
after(() => scene[Symbol.asyncDispose]());

/** The numbers of the person's enquiries, the oldest first. */
async function enquiriesOf({ subject }: Person): Promise<readonly string[]> {
  const rows = await ctx.db
    .selectFrom("enquiries.enquiry")
    .select("number")
    .where("subject_id", "=", subject)
    .orderBy("number")
    .execute();
  return rows.map(({ number }) => number);
}

async function onlyEnquiry(person: Person): Promise<string> {
  return (await enquiriesOf(person))[0] ?? assert.fail("the person has no enquiry");
}

const reveal = (number: string, category: CategoryId = "phone", purpose = "8.2") =>
  revealField(ctx, { number, category, purpose, staffId });
const fulfil = (number: string) => fulfilEnquiry(ctx, { number, staffId });

test("8.2: staff open the data of an enquiry, field by field, to get in touch about it; each opening is journaled", async () => {
  const person = await scene.enrol({ ticked: [] });
  const number = await onlyEnquiry(person);
  assert.deepEqual(await reveal(number), { kind: "revealed", value: person.phone, purpose: "8.2" });
  const entry = (await journalOf(ctx, person.subject)).at(-1);
  assert.deepEqual(entry, {
    at: ctx.now().toString(),
    operation: "extraction",
    purpose: "8.2",
    basis: "contract",
    clause: "8.2",
    categories: ["phone"],
    actor: "staff",
    outcome: "done",
    reason: null,
    staff_id: staffId,
  });
});

test("8.2: until a field is opened for a purpose, staff see nothing of the person in the list", async () => {
  const person = await scene.enrol();
  const listed = JSON.stringify(await listEnquiries(ctx, { state: "open" }));
  for (const value of [person.surname, person.firstName, person.phone, person.email, person.subject]) {
    assert.ok(!listed.includes(value));
  }
});

test("8.2: the data of one enquiry does not open with another, of the same person or of somebody else", async () => {
  const person = await scene.enrol({ ticked: [] });
  await scene.sendAgain({ ...person, phone: "+996555200200" }, "order");
  const [first = "", second = ""] = await enquiriesOf(person);
  assert.deepEqual(await reveal(first), { kind: "revealed", value: person.phone, purpose: "8.2" });
  assert.deepEqual(await reveal(second), { kind: "revealed", value: "+996555200200", purpose: "8.2" });
});

test("8.2: staff who name another purpose get only what the person agreed to for that purpose", async () => {
  const number = await onlyEnquiry(await scene.enrol({ ticked: ["8.4"] }));
  assert.equal((await reveal(number, "email", "8.4")).kind, "revealed");
  assert.deepEqual(await reveal(number, "email", "8.8"), {
    kind: "refused",
    reason: "no-consent",
    clause: "6",
  });
  assert.deepEqual(await reveal(number, "email", "8.6"), {
    kind: "refused",
    reason: "category-not-listed",
    clause: "10.5",
  });
  assert.deepEqual(await reveal(number, "email", "8.11"), { kind: "no-purpose" });
});

test("8.2: the letter that confirms an enquiry leaves under this purpose, and under no other", async () => {
  const person = await scene.enrol({ ticked: [] });
  assert.equal(scene.mail.letters.filter(({ to }) => to === person.email).length, 1);
  const sent = (await journalOf(ctx, person.subject)).find(({ operation }) => operation === "use");
  assert.deepEqual([sent?.purpose, sent?.categories, sent?.actor], ["8.2", ["email"], "system"]);
});

test("17.4: an enquiry that is carried out has reached its purpose: from that moment the gate refuses it", async () => {
  const person = await scene.enrol({ ticked: ["8.4"] });
  const number = await onlyEnquiry(person);
  assert.equal(await tryUse(ctx, person.subject, "8.2"), "done");
  const consequence = { kind: "purpose-ends", living: ["8.4"] };
  assert.deepEqual(await fulfil(number), { kind: "fulfilled", consequence });
  assert.equal(await tryUse(ctx, person.subject, "8.2"), "no-consent");
  assert.deepEqual(await reveal(number), { kind: "refused", reason: "no-consent", clause: "6" });
  assert.equal(await tryUse(ctx, person.subject, "8.4"), "done", "what was agreed to beside it lives on");
  assert.deepEqual(await seriesOf(ctx, person.subject, "8.2"), ["given", "expired"]);
  const ended = (await journalOf(ctx, person.subject)).find(({ clause }) => clause === "17.4");
  assert.deepEqual([ended?.operation, ended?.purpose, ended?.staff_id], ["blocking", "8.2", staffId]);
});

test("17.4: while another enquiry of the person is open the purpose is not reached", async () => {
  const person = await scene.enrol({ ticked: [] });
  await scene.sendAgain(person, "order");
  const [first = "", second = ""] = await enquiriesOf(person);
  assert.deepEqual(await fulfil(first), { kind: "fulfilled", consequence: { kind: "purpose-continues" } });
  assert.equal((await reveal(second)).kind, "revealed");
  assert.deepEqual(await fulfil(second), { kind: "fulfilled", consequence: { kind: "all-ends" } });
});

test("17.4: where nothing else was agreed to, processing stops and the data is destroyed within 30 days", async () => {
  scene.moveTo("2026-12-31T20:00:00+06:00");
  const person = await scene.enrol({ ticked: [] });
  const number = await onlyEnquiry(person);
  const found = (await findEnquiry(ctx, number)) ?? assert.fail();
  assert.deepEqual(
    await foreseeFulfilment(ctx, found),
    { kind: "all-ends" },
    "staff are told before they decide",
  );
  await fulfil(number);
  assert.equal(await stateOf(ctx, person.subject), "stopped");
  assert.equal(await tryUse(ctx, person.subject, "8.2"), "stopped");
  assert.deepEqual(await erasuresOf(ctx, person.subject), [
    { event: "17.4", due: "2027-01-30", cap: "2027-06-30", finished: undefined },
  ]);
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, person.subject), "erased");
  const last = scene.mail.letters.findLast(({ to }) => to === person.email);
  assert.match(last?.line ?? "", /последнее письмо/);
});

test("17.4: whoever waits for an answer is used for nothing more, and destroyed once they have it", async () => {
  const person = await scene.enrol({ ticked: [] });
  const letter = writeLetter({ from: person.email, line: "Вопрос", text: "Когда начало?" });
  const received = await receiveLetter(ctx, { raw: letter });
  assert.ok(received.kind === "opened");
  assert.deepEqual(await fulfil(await onlyEnquiry(person)), {
    kind: "fulfilled",
    consequence: { kind: "request-open" },
  });
  assert.equal(await tryUse(ctx, person.subject, "8.2"), "no-consent");
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, person.subject), "active");
  const answered = await answerRequest(ctx, { number: received.request.number, staffId });
  assert.deepEqual(answered, { kind: "answered", ends: true });
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, person.subject), "erased");
});
