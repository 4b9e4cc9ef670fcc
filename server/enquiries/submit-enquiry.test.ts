import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import type { FormId } from "../config/policy.ts";
import { readConsentEvents, readLivePurposes } from "../journal/consent-events.ts";
import { appendConsentEvents } from "../journal/consent-events.ts";
import { findSubject } from "../vault/find-subject.ts";
import { stopSubject } from "../vault/stop-subject.ts";
import { showForm, shownText } from "./shown-text.ts";
import { type Submission, submitEnquiry } from "./submit-enquiry.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

let kit: TestContext;
before(async () => {
  kit = await createTestContext();
});
after(() => kit[Symbol.asyncDispose]());

let serial = 0;
let person: { surname: string; firstName: string; phone: string; email: string };
beforeEach(() => {
  serial += 1;
  person = {
    surname: "Тестов",
    firstName: "Айбек",
    phone: `+996555${String(100_000 + serial)}`,
    email: `aibek.${serial}@example.kg`,
  };
});

function form(changes: Partial<Submission> = {}): Submission {
  return { form: "enrol", language: "ru", fields: person, ticked: [], declared: true, ...changes };
}

function withoutEmail(): Record<string, string> {
  const { surname, firstName, phone } = person;
  return { surname, firstName, phone };
}

async function submit(submission: Submission): Promise<string> {
  const outcome = await submitEnquiry(kit.ctx, submission);
  assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
  return outcome.number;
}

async function subjectOf(number: string): Promise<string> {
  const { db } = kit.ctx;
  const found = await db.selectFrom("enquiries.enquiry").select("subject_id").where("number", "=", number).execute();
  return found[0]?.subject_id ?? assert.fail("there is no such enquiry");
}

/** How many rows every table has: to show that nothing was stored. */
async function countRows(): Promise<Record<string, string>> {
  const { rows } = await sql<{ counts: Record<string, string> }>`
    select jsonb_build_object(
      'subjects', (select count(*) from vault.subject), 'attributes', (select count(*) from vault.attribute),
      'lookups', (select count(*) from vault.lookup), 'acts', (select count(*) from consent.act),
      'events', (select count(*) from consent.event), 'enquiries', (select count(*) from enquiries.enquiry),
      'entries', (select count(*) from journal.entry), 'letters', (select count(*) from letters.outgoing)) as counts
  `.execute(kit.ctx.db);
  return rows[0]?.counts ?? {};
}

test("with a first enquiry is stored exactly what the person saw, pressed, gave and refused", async () => {
  const { ctx } = kit;
  const number = await submit(form({ ticked: ["8.4", "8.8"] }));
  const subject = await subjectOf(number);
  const act = await ctx.db.selectFrom("consent.act").selectAll().where("subject_id", "=", subject).executeTakeFirstOrThrow();
  const text = shownText(showForm(ctx.policy, ctx.texts, "enrol", "ru"), "ru");
  assert.deepEqual(
    { ...act, act_id: "", at: act.at.toString() },
    {
      subject_id: subject,
      act_id: "",
      at: ctx.now().toString(),
      policy_version: "1",
      shown_hash: createHash("sha256").update(text).digest(),
      language: "ru",
      form: "enrol",
      button_label: "Отправить",
      offered: ["8.3", "8.4", "8.5", "8.8", "8.9"],
      given: ["8.2", "8.4", "8.8"],
      refused: ["8.3", "8.5", "8.9"],
    },
  );
  const kept = ctx.db.selectFrom("consent.shown_text").select("text").where("shown_hash", "=", act.shown_hash);
  assert.equal((await kept.executeTakeFirstOrThrow()).text, text);
  assert.deepEqual(await readLivePurposes(ctx.db, subject), ["8.2", "8.4", "8.8"]);
  assert.equal((await readConsentEvents(ctx.db, subject)).length, 6);
});

test("the taking in is journaled with its purpose, basis, clause and kinds of data, and opens to nobody's name", async () => {
  const subject = await subjectOf(await submit(form()));
  const columns = ["operation", "purpose", "basis", "clause", "categories", "actor", "outcome", "policy_version"] as const;
  const entries = await entriesAbout(kit.ctx, subject, columns);
  assert.deepEqual(entries, [
    {
      operation: "collection",
      purpose: "8.2",
      basis: "contract",
      clause: "8.2",
      categories: ["surname", "firstName", "phone", "email"],
      actor: "subject",
      outcome: "done",
      policy_version: "1",
    },
  ]);
});

test("what was typed opens through the gate for the form's purpose, and lies nowhere in the open", async () => {
  const { ctx } = kit;
  const subject = await subjectOf(await submit(form()));
  const opened = await ctx.gate.use(
    {
      subject,
      purpose: "8.2",
      operation: "use",
      categories: ["surname", "firstName", "phone", "email"],
      actor: { kind: "system" },
    },
    ({ latest }) => latest,
  );
  assert.ok(opened.kind === "done");
  assert.deepEqual(opened.value, person);
  const rows = await ctx.db.selectFrom("vault.attribute").select("sealed").where("subject_id", "=", subject).execute();
  for (const { sealed } of rows) {
    for (const value of Object.values(person)) assert.ok(!sealed.includes(value));
  }
});

test("a person who gave an address is told by letter, and one who did not is not", async () => {
  const letters = async (subject: string) =>
    kit.ctx.db
      .selectFrom("letters.outgoing")
      .select(["kind", "purpose", "language", "state"])
      .where("subject_id", "=", subject)
      .execute();
  const told = await letters(await subjectOf(await submit(form({ language: "ky" }))));
  assert.deepEqual(told, [{ kind: "enquiry-received", purpose: "8.2", language: "ky", state: "waiting" }]);
  const phoneOnly = form({ form: "consultation", fields: withoutEmail() });
  assert.deepEqual(await letters(await subjectOf(await submit(phoneOnly))), []);
});

test("an address in other letters finds the same person, whose data and consents then grow", async () => {
  const { ctx } = kit;
  const first = await subjectOf(await submit(form({ ticked: ["8.4"] })));
  const fields = { ...person, email: person.email.toUpperCase(), phone: "+996555900900" };
  const second = await subjectOf(await submit(form({ form: "order", fields, ticked: ["8.9"] })));
  assert.equal(second, first);
  assert.deepEqual(await readLivePurposes(ctx.db, first), ["8.2", "8.4", "8.9"]);
  const phones = [person.phone, "+996555900900"].map((phone) => ctx.index.digest("phone", phone));
  const found = await ctx.db.selectFrom("vault.lookup").selectAll().where("digest", "in", phones).execute();
  assert.deepEqual(found.map(({ subject_id, identifies }) => [subject_id, identifies]), [[first, false], [first, false]]);
});

test("leaving a box unticked later withdraws nothing, and revives nothing that was withdrawn", async () => {
  const { ctx } = kit;
  const subject = await subjectOf(await submit(form({ ticked: ["8.4", "8.8"] })));
  await appendConsentEvents(ctx.db, ctx, { subject, kind: "withdrawn", purposes: ["8.8"] });
  await submit(form());
  const events = await readConsentEvents(ctx.db, subject);
  const of = (purpose: string) => events.filter((event) => event.purpose === purpose).map(({ kind }) => kind);
  assert.deepEqual(of("8.4"), ["given"]);
  assert.deepEqual(of("8.8"), ["given", "withdrawn", "refused"]);
  assert.deepEqual(await readLivePurposes(ctx.db, subject), ["8.2", "8.4"]);
});

test("sixteen first forms sent at once with one address make one subject and sixteen enquiries", async () => {
  const { ctx } = kit;
  const numbers = await Promise.all(
    Array.from({ length: 16 }, (_, at) => submit(form({ ticked: at % 2 === 0 ? ["8.4"] : [] }))),
  );
  const subjects = await Promise.all(numbers.map(subjectOf));
  assert.equal(new Set(numbers).size, 16);
  assert.equal(new Set(subjects).size, 1);
  const [subject = ""] = subjects;
  const count = async (table: "vault.attribute" | "consent.act" | "letters.outgoing") =>
    (await ctx.db.selectFrom(table).select("subject_id").where("subject_id", "=", subject).execute()).length;
  assert.deepEqual(
    [await count("vault.attribute"), await count("consent.act"), await count("letters.outgoing")],
    [64, 16, 16],
  );
  assert.ok((await readLivePurposes(ctx.db, subject)).includes("8.4"), "a box ticked by one form was lost to another");
});

test("of forty people who press the button at once each gets their own number, data, consents and letter", async () => {
  const { ctx } = kit;
  const people = Array.from({ length: 40 }, (_, at) => ({
    at,
    fields: { ...person, firstName: `Айбек ${"А".repeat(at + 1)}`, email: `many.${at}@example.kg` },
    ticked: at % 3 === 0 ? ["8.4"] : [],
    language: (["ru", "ky", "en"] as const)[at % 3] ?? "ru",
  }));
  const numbers = await Promise.all(people.map(({ fields, ticked, language }) => submit(form({ fields, ticked, language }))));
  for (const [index, { fields, ticked, language }] of people.entries()) {
    const subject = await subjectOf(numbers[index] ?? "");
    assert.equal(await findSubject(ctx, "email", fields.email), subject);
    const opened = await ctx.gate.use(
      { subject, purpose: "8.2", operation: "use", categories: ["firstName", "email"], actor: { kind: "system" } },
      ({ values }) => values.map(({ value }) => value),
    );
    assert.ok(opened.kind === "done");
    assert.deepEqual(opened.value, [fields.firstName, fields.email]);
    assert.deepEqual(await readLivePurposes(ctx.db, subject), ["8.2", ...ticked]);
    const letters = ctx.db.selectFrom("letters.outgoing").select("language").where("subject_id", "=", subject);
    assert.deepEqual(await letters.execute(), [{ language }]);
  }
});

test("numbers run on, whoever sends the form: a known person's takes the next one", async () => {
  const numbers = [await submit(form()), await submit(form()), await submit(form({ form: "order" }))].map(Number);
  const [first = 0] = numbers;
  assert.deepEqual(numbers, [first, first + 1, first + 2]);
  const letters = await kit.ctx.db
    .selectFrom("letters.outgoing")
    .select("number")
    .where("subject_id", "=", await subjectOf(String(first)))
    .orderBy("letter_id")
    .execute();
  assert.deepEqual(letters.map(({ number }) => Number(number)), numbers);
});

test("a phone joins two forms of one person only where neither gave an address", async () => {
  const phoneOnly = () => form({ form: "consultation", fields: withoutEmail() });
  const byEmail = await subjectOf(await submit(form()));
  const byPhone = await subjectOf(await submit(phoneOnly()));
  assert.notEqual(byPhone, byEmail, "a phone must not open the cabinet of whoever else typed it");
  assert.equal(await subjectOf(await submit(phoneOnly())), byPhone);
  assert.equal(await subjectOf(await submit(form())), byEmail);
  assert.equal(await findSubject(kit.ctx, "phone", person.phone), byPhone);
});

test("nothing is taken from a person whose data is being destroyed, whichever form they send", async () => {
  const { ctx } = kit;
  const subject = await subjectOf(await submit(form()));
  await stopSubject(ctx.db, subject, ctx.now());
  const before = await countRows();
  assert.deepEqual(await submitEnquiry(ctx, form({ ticked: ["8.4"] })), { kind: "being-erased" });
  assert.deepEqual(await countRows(), before);
});

test("a person whose data has been destroyed may come again, as a new subject", async () => {
  const { ctx } = kit;
  const erased = await subjectOf(await submit(form()));
  await ctx.db.updateTable("vault.subject").set({ state: "erased" }).where("subject_id", "=", erased).execute();
  await ctx.db.deleteFrom("vault.lookup").where("subject_id", "=", erased).execute();
  assert.notEqual(await subjectOf(await submit(form())), erased);
});

test("a form that is refused or faulty stores nothing", async () => {
  const before = await countRows();
  const refusals: [Submission, unknown][] = [
    [
      form({ fields: { ...person, userId: "7" } }),
      { kind: "refused", reason: "category-not-taken", name: "userId", clause: "5" },
    ],
    [form({ ticked: ["8.10"] }), { kind: "refused", reason: "purpose-not-offered", name: "8.10", clause: "10.2" }],
    [form({ declared: false }), { kind: "invalid", faults: [{ field: "declared", reason: "undeclared" }] }],
    [
      form({ fields: { ...person, phone: "112" } }),
      { kind: "invalid", faults: [{ field: "phone", reason: "not-a-phone" }] },
    ],
  ];
  for (const [submission, outcome] of refusals) assert.deepEqual(await submitEnquiry(kit.ctx, submission), outcome);
  assert.deepEqual(await countRows(), before);
});

for (const who of ["new", "known"] as const) {
  test(`when the letter to a ${who} person cannot be queued, nothing at all is stored`, async () => {
    if (who === "known") await submit(form());
    const before = await countRows();
    const mailer = { send: () => Promise.resolve({ kind: "sent" } as const) };
    const broken = { ...kit.ctx, mailer, queue: { add: () => Promise.reject(new Error("the queue is down")) } };
    await assert.rejects(submitEnquiry(broken, form({ ticked: ["8.4"] })), /the queue is down/);
    assert.deepEqual(await countRows(), before);
  });
}

test("whatever is sent, no enquiry holds a category that its form does not list", async () => {
  const { ctx } = kit;
  const forms = Object.keys(ctx.policy.forms) as FormId[];
  const names = [...Object.keys(ctx.policy.categories), "__proto__", "constructor", "comment", ""];
  const submissions = fc.record({
    form: fc.constantFrom(...forms),
    extra: fc.dictionary(fc.constantFrom(...names), fc.constantFrom("x", "0555000101", "a@example.kg", ""), { maxKeys: 3 }),
    ticked: fc.subarray(["8.3", "8.4", "8.6", "8.10"]),
  });
  await fc.assert(
    fc.asyncProperty(submissions, async ({ form: name, extra, ticked }) => {
      const taken = new Set<string>(ctx.policy.forms[name].fields.map(({ category }) => category));
      const fields = { ...person, ...extra };
      const outcome = await submitEnquiry(ctx, form({ form: name, fields, ticked }));
      if (outcome.kind !== "accepted") return;
      assert.ok(Object.keys(fields).every((field) => taken.has(field)));
      const stored = await ctx.db
        .selectFrom("vault.attribute as attribute")
        .innerJoin("enquiries.enquiry as enquiry", "enquiry.enquiry_id", "attribute.record_id")
        .select("attribute.category")
        .where("enquiry.number", "=", outcome.number)
        .execute();
      assert.ok(stored.length > 0 && stored.every(({ category }) => taken.has(category)));
    }),
    { numRuns: 60 },
  );
});
