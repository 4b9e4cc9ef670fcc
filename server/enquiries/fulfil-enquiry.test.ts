import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { writeLetter } from "../../test-kit/correspondence.ts";
import { answerRequest } from "../requests/answer-request.ts";
import { receiveLetter } from "../requests/receive-letter.ts";
import { findEnquiry } from "./find-enquiry.ts";
import { foreseeFulfilment, fulfilEnquiry } from "./fulfil-enquiry.ts";
import { countOpenEnquiries, listEnquiries } from "./list-enquiries.ts";
import { revealField } from "./reveal-field.ts";
import { submitEnquiry } from "./submit-enquiry.ts";

const staffId = "01900000-0000-7000-8000-000000000001";

async function enquire({ ctx }: TestContext, ticked: readonly string[] = []) {
  const fields = { surname: "Тестов", firstName: "Айбек", phone: "0555000101", email: "aibek@example.kg" };
  const outcome = await submitEnquiry(ctx, { form: "order", language: "ru", fields, ticked, declared: true });
  assert.equal(outcome.kind, "accepted");
  const enquiry = await findEnquiry(ctx, outcome.number);
  assert.ok(enquiry);
  return enquiry;
}

async function journalOf({ ctx }: TestContext) {
  const rows = await ctx.db
    .selectFrom("journal.entry")
    .selectAll()
    .where("actor", "=", "staff")
    .orderBy("entry_id")
    .execute();
  return rows.map((row) => [row.operation, row.purpose, row.clause, row.outcome]);
}

async function subjectState({ ctx }: TestContext, subject: string) {
  const found = ctx.db.selectFrom("vault.subject").select("state").where("subject_id", "=", subject);
  return (await found.executeTakeFirst())?.state;
}

const reveal = (kit: TestContext, number: string) =>
  revealField(kit.ctx, { number, category: "phone", purpose: "8.2", staffId });

test("an enquiry that was carried out ends its purpose; where no other lives, processing stops by 17.4", async () => {
  await using kit = await createTestContext();
  const enquiry = await enquire(kit);
  assert.deepEqual(await foreseeFulfilment(kit.ctx, enquiry), { kind: "all-ends" });
  const fulfilled = await fulfilEnquiry(kit.ctx, { number: enquiry.number, staffId });
  assert.deepEqual(fulfilled, { kind: "fulfilled", consequence: { kind: "all-ends" } });
  assert.equal(await subjectState(kit, enquiry.subject), "stopped");
  assert.deepEqual(await journalOf(kit), [
    ["recording", "8.2", "8.2", "done"],
    ["blocking", "8.2", "17.4", "done"],
    ["blocking", "17", "17", "done"],
  ]);
  const refused = await reveal(kit, enquiry.number);
  assert.deepEqual(refused, { kind: "refused", reason: "stopped", clause: "17" });
  assert.deepEqual((await journalOf(kit)).at(-1), ["extraction", "8.2", "17", "refused"]);
});

test("another living purpose keeps the data, but not for the purpose that was achieved", async () => {
  await using kit = await createTestContext();
  const enquiry = await enquire(kit, ["8.8"]);
  const consequence = { kind: "purpose-ends", living: ["8.8"] };
  assert.deepEqual(await foreseeFulfilment(kit.ctx, enquiry), consequence);
  const fulfilled = await fulfilEnquiry(kit.ctx, { number: enquiry.number, staffId });
  assert.deepEqual(fulfilled, { kind: "fulfilled", consequence });
  assert.equal(await subjectState(kit, enquiry.subject), "active");
  assert.deepEqual(await reveal(kit, enquiry.number), { kind: "refused", reason: "no-consent", clause: "6" });
  const other = await revealField(kit.ctx, { number: enquiry.number, category: "phone", purpose: "8.8", staffId });
  assert.equal(other.kind, "revealed");
});

test("another open enquiry of the same person keeps the purpose alive until it is carried out too", async () => {
  await using kit = await createTestContext();
  const first = await enquire(kit);
  const second = await enquire(kit);
  assert.equal(first.subject, second.subject);
  const continues = { kind: "fulfilled", consequence: { kind: "purpose-continues" } };
  assert.deepEqual(await fulfilEnquiry(kit.ctx, { number: first.number, staffId }), continues);
  assert.equal((await reveal(kit, second.number)).kind, "revealed");
  const ends = { kind: "fulfilled", consequence: { kind: "all-ends" } };
  assert.deepEqual(await fulfilEnquiry(kit.ctx, { number: second.number, staffId }), ends);
});

test("two enquiries carried out at the same moment do not each leave the purpose to the other", async () => {
  await using kit = await createTestContext();
  const [first, second] = [await enquire(kit), await enquire(kit)];
  const outcomes = await Promise.all(
    [first, second].map(({ number }) => fulfilEnquiry(kit.ctx, { number, staffId })),
  );
  const kinds = outcomes.map((outcome) => (outcome.kind === "fulfilled" ? outcome.consequence.kind : outcome.kind));
  assert.deepEqual(kinds.toSorted(), ["all-ends", "purpose-continues"]);
  assert.equal(await subjectState(kit, first.subject), "stopped");
});

test("carrying out twice, or after a stop, changes nothing and says so", async () => {
  await using kit = await createTestContext();
  const enquiry = await enquire(kit, ["8.4"]);
  const twice = await Promise.all([1, 2].map(() => fulfilEnquiry(kit.ctx, { number: enquiry.number, staffId })));
  assert.deepEqual(twice.map(({ kind }) => kind).toSorted(), ["already-fulfilled", "fulfilled"]);
  const next = await enquire(kit);
  const stop = { subject: next.subject, event: "17.2", request: null, actor: { kind: "subject" } } as const;
  await kit.ctx.db.transaction().execute((tx) => acceptStop(kit.ctx, tx, stop));
  assert.deepEqual(await fulfilEnquiry(kit.ctx, { number: next.number, staffId }), { kind: "stopped" });
  assert.deepEqual(await fulfilEnquiry(kit.ctx, { number: "999", staffId }), { kind: "unknown" });
});

test("an enquiry whose person stopped is neither open nor counted as work", async () => {
  await using kit = await createTestContext();
  const enquiry = await enquire(kit);
  assert.equal(await countOpenEnquiries(kit.ctx), 1);
  const stop = { subject: enquiry.subject, event: "17.3", request: null, actor: { kind: "subject" } } as const;
  await kit.ctx.db.transaction().execute((tx) => acceptStop(kit.ctx, tx, stop));
  assert.equal(await countOpenEnquiries(kit.ctx), 0);
  assert.deepEqual((await listEnquiries(kit.ctx, { state: "open" })).enquiries, []);
  const [stopped] = (await listEnquiries(kit.ctx, { state: "stopped" })).enquiries;
  assert.equal(stopped?.number, enquiry.number);
});

test("where the person waits for an answer, the data go only after it", async () => {
  await using scene = await createTestContext();
  const { ctx } = scene;
  const enquiry = await enquire(scene);
  const letter = writeLetter({ from: "aibek@example.kg", line: "Вопрос", text: "Когда начинается курс?" });
  const received = await receiveLetter(ctx, { raw: letter });
  assert.equal(received.kind, "opened");
  assert.deepEqual(await fulfilEnquiry(ctx, { number: enquiry.number, staffId }), {
    kind: "fulfilled",
    consequence: { kind: "request-open" },
  });
  await scene.runJobs();
  assert.equal((await findEnquiry(ctx, enquiry.number))?.state, "fulfilled", "nothing was destroyed");

  const { number } = received.request;
  assert.deepEqual(await answerRequest(ctx, { number, staffId }), { kind: "answered", ends: true });
});
