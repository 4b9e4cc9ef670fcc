import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { withdrawConsent } from "../../server/consent/withdraw-consent.ts";
import type { Context } from "../../server/context.ts";
import { fulfilEnquiry } from "../../server/enquiries/fulfil-enquiry.ts";
import { targets } from "../../server/erasure/targets.ts";
import { answerRequest } from "../../server/requests/answer-request.ts";
import { confirmRequest } from "../../server/requests/confirm-request.ts";
import { openFromCabinet } from "../../server/requests/open-from-cabinet.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { sweep } from "../../server/worker/sweep.ts";
import { secretIn, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import { createScene, erasuresOf, type Person, type Scene, stateOf } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

/** Everything a person can leave behind: forms, letters from them and to them, consents, a sign-in. */
async function aFullLife(): Promise<Person> {
  const person = await scene.enrol({ ticked: ["8.4"] });
  await scene.sendAgain(person, "order");
  await receiveLetter(ctx, {
    raw: writeLetter({ from: person.email, line: "Вопрос", text: `Я, ${person.surname}` }),
  });
  const visitor = await scene.signIn(person);
  await visitor.get("/ru/cabinet");
  await receiveLetter(ctx, { raw: writeLetter({ from: person.email, line: subjectLines.stopRu }) });
  await scene.kit.runJobs();
  return person;
}

/** Answers what the person has asked, carries out what they wanted, and so reaches the purpose. */
async function fulfilAll({ subject }: Person): Promise<void> {
  const staffId = await scene.staffId();
  // Until the link has expired the person alone decides about their demand.
  scene.kit.advance({ days: 8 });
  const asked = ctx.db.selectFrom("requests.request").select("number").where("subject_id", "=", subject);
  for (const { number } of await asked.execute()) {
    assert.equal((await answerRequest(ctx, { number, staffId })).kind, "answered");
  }
  await withdrawConsent(ctx, { subject, purpose: "8.4" });
  const wanted = ctx.db.selectFrom("enquiries.enquiry").select("number").where("subject_id", "=", subject);
  for (const { number } of await wanted.execute()) {
    assert.equal((await fulfilEnquiry(ctx, { number, staffId })).kind, "fulfilled");
  }
}

async function pressTheLink({ email }: Person): Promise<void> {
  const letter = scene.mail.letters.findLast(({ to, text }) => to === email && text.includes("/confirm/"));
  assert.deepEqual(await confirmRequest(ctx, secretIn(letter?.text ?? "")), { kind: "confirmed" });
}

/** Each event that the clause names, and by which event of clause 17 it is known. */
const events = {
  "when the purpose is reached": { event: "17.4", happen: fulfilAll },
  "on a demand for destruction": {
    event: "17.3",
    happen: async ({ subject }: Person) => {
      await openFromCabinet(ctx, { subject, kind: "destruction", language: "ru" });
    },
  },
  "on a statement that consent is withdrawn": { event: "17.2", happen: pressTheLink },
} as const;

/**
 * What may stay of somebody: rows that hold no personal data and open nothing. A link that was sent still says
 * what became of the request; the sweep takes it away sixty days after it has expired.
 */
const tombstone = [
  "erasure.plan",
  "erasure.step",
  "requests.confirmation",
  "requests.request",
  "vault.subject",
];

for (const [when, { event, happen }] of Object.entries(events)) {
  test(`10.7: ${when} the data is destroyed, not depersonalised: only that person's rows go, from every table`, async () => {
    const [person, other] = [await aFullLife(), await aFullLife()];
    const about = (rows: readonly string[], subject: string) => rows.filter((row) => row.includes(subject));
    const before = await scene.photograph();
    const held = [...before]
      .filter(([, rows]) => about(rows, person.subject).length > 0)
      .map(([table]) => table);
    assert.ok(held.includes("vault.subject_key") && held.length > 12, held.join(", "));

    await happen(person);
    await scene.kit.runJobs();
    assert.equal(await stateOf(ctx, person.subject), "erased");

    const left = await scene.photograph();
    const kept = [...left]
      .filter(([, rows]) => about(rows, person.subject).length > 0)
      .map(([table]) => table);
    assert.deepEqual(
      kept.filter((table) => !tombstone.includes(table) && !table.startsWith("pgboss.")),
      [],
    );
    for (const [table, rows] of left) {
      if (table.startsWith("pgboss.")) continue;
      assert.deepEqual(
        about(rows, other.subject),
        about(before.get(table) ?? [], other.subject),
        `${table} of another`,
      );
    }
    assert.equal(await stateOf(ctx, other.subject), "active");
  });

  test(`10.7: ${when} every place shows its evidence: what was destroyed, and that a second look finds nothing`, async () => {
    const person = await aFullLife();
    await happen(person);
    await scene.kit.runJobs();
    assert.deepEqual(
      (await erasuresOf(ctx, person.subject)).map((plan) => [plan.event, plan.finished]),
      [[event, ctx.now().toString()]],
    );
    const steps = await ctx.db
      .selectFrom("erasure.step")
      .selectAll()
      .where("subject_id", "=", person.subject)
      .orderBy("position")
      .execute();
    assert.deepEqual(
      steps.map(({ target }) => target),
      ["tell", ...targets.map(({ name }) => name)],
    );
    assert.ok(steps.every(({ remaining, finished_at: at }) => remaining === 0 && at !== null));
    const destroyed = Object.fromEntries(steps.map((step) => [step.target, step.destroyed ?? 0]));
    assert.equal(destroyed["key"], 1);
    for (const target of ["letters", "enquiries", "consents", "attributes", "look-up", "journal-links"]) {
      assert.ok((destroyed[target] ?? 0) > 0, target);
    }
  });
}

test("10.7: what is left names nobody: not before the destruction and not after it, in any table", async () => {
  const person = await aFullLife();
  const marks = [person.surname, person.firstName, person.email, person.email.toLowerCase(), person.phone];
  const spelled = marks.flatMap((mark) => [
    mark,
    Buffer.from(mark).toString("hex"),
    Buffer.from(mark).toString("base64"),
  ]);
  const look = async () => {
    for (const [table, rows] of await scene.photograph()) {
      for (const row of rows) assert.ok(!spelled.some((mark) => row.includes(mark)), `found in ${table}`);
    }
  };
  await look();
  await openFromCabinet(ctx, { subject: person.subject, kind: "destruction", language: "ru" });
  await look();
  await scene.kit.runJobs();
  await look();
});

test("10.7: a link that was sent outlives the data by some weeks, as a digest, and then goes too", async () => {
  const person = await aFullLife();
  await pressTheLink(person);
  await scene.kit.runJobs();
  const links = () =>
    ctx.db
      .selectFrom("requests.confirmation")
      .select("used_at")
      .where("subject_id", "=", person.subject)
      .execute();
  assert.equal((await links()).length, 1);
  scene.kit.advance({ days: 68 });
  await sweep(ctx);
  assert.deepEqual(await links(), []);
});

test("10.7: the journal keeps that data was destroyed, under which clause, and about nobody", async () => {
  const person = await aFullLife();
  await openFromCabinet(ctx, { subject: person.subject, kind: "destruction", language: "ru" });
  await scene.kit.runJobs();
  const entry = await ctx.db
    .selectFrom("journal.entry")
    .select(["purpose", "clause", "actor"])
    .where("operation", "=", "destruction")
    .orderBy("entry_id", "desc")
    .executeTakeFirst();
  assert.deepEqual(entry, { purpose: "17", clause: "17", actor: "system" });
  const links = ctx.db.selectFrom("journal.about").select("sealed").where("subject_id", "=", person.subject);
  assert.deepEqual(await links.execute(), []);
});
