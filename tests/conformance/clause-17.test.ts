import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findClause } from "../../policy/language/policy-text.ts";
import { withdrawConsent } from "../../server/consent/withdraw-consent.ts";
import type { Context } from "../../server/context.ts";
import { runErasure } from "../../server/erasure/run-erasure.ts";
import { submitEnquiry } from "../../server/enquiries/submit-enquiry.ts";
import { confirmRequest } from "../../server/requests/confirm-request.ts";
import { openFromCabinet } from "../../server/requests/open-from-cabinet.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { findRequest } from "../../server/requests/register.ts";
import { sweep } from "../../server/worker/sweep.ts";
import { secretIn, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import {
  createScene,
  erasuresOf,
  journalOf,
  type Person,
  purposeIds,
  type Scene,
  seriesOf,
  stateOf,
  tryUse,
} from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

async function demandByLetter({ email }: Person): Promise<void> {
  await receiveLetter(ctx, { raw: writeLetter({ from: email, line: subjectLines.stopRu }) });
  await scene.kit.runJobs();
}

async function pressTheLink({ email }: Person): Promise<void> {
  const letter = scene.mail.letters.findLast(({ to, text }) => to === email && text.includes("/confirm/"));
  assert.deepEqual(await confirmRequest(ctx, secretIn(letter?.text ?? "")), { kind: "confirmed" });
}

/** Every way in which processing ends, what has to come before, and the clause it is known by. */
const triggers: Readonly<
  Record<
    string,
    { event: string; prepare?: typeof demandByLetter; happen: (person: Person) => Promise<void> }
  >
> = {
  "17.2: the last consent withdrawn in the cabinet": {
    event: "17.2",
    async happen({ subject }) {
      await withdrawConsent(ctx, { subject, purpose: "8.4" });
      await withdrawConsent(ctx, { subject, purpose: "8.2" });
    },
  },
  "17.2: all consents withdrawn in the cabinet at once": {
    event: "17.2",
    async happen(person) {
      const visitor = await scene.signIn(person);
      await visitor.post("/ru/cabinet/consents/withdraw-all");
    },
  },
  "17.2: the policy's letter, confirmed by its link": {
    event: "17.2",
    prepare: demandByLetter,
    happen: pressTheLink,
  },
  "17.3: a demand for destruction in the cabinet": {
    event: "17.3",
    async happen(person) {
      const visitor = await scene.signIn(person);
      await visitor.post("/ru/cabinet/delete", { understand: "yes" });
    },
  },
};

for (const [name, { event, prepare, happen }] of Object.entries(triggers)) {
  test(`${name} stops every purpose at that very moment, and ends every consent`, async () => {
    const person = await scene.enrol({ ticked: ["8.4"] });
    await prepare?.(person);
    const { subject } = person;
    assert.deepEqual(
      [await tryUse(ctx, subject, "8.2"), await tryUse(ctx, subject, "8.4")],
      ["done", "done"],
    );
    const moment = ctx.now().toString();
    await happen(person);
    for (const purpose of purposeIds) assert.equal(await tryUse(ctx, subject, purpose), "stopped", purpose);
    assert.equal(ctx.now().toString(), moment, "the clock has not moved");
    assert.deepEqual(await seriesOf(ctx, subject, "8.2"), ["given", "withdrawn"]);
    assert.deepEqual(await seriesOf(ctx, subject, "8.4"), ["given", "withdrawn"]);
    const blocked = (await journalOf(ctx, subject)).filter(
      (entry) => entry.operation === "blocking" && entry.purpose === "17",
    );
    assert.deepEqual(
      blocked.map(({ basis, clause, at }) => [basis, clause, at]),
      [["duty", "17", moment]],
    );
    assert.deepEqual(
      (await erasuresOf(ctx, subject)).map((plan) => plan.event),
      [event],
    );
  });

  test(`${name} ends in destruction, of which the person is told, and the register has nothing open`, async () => {
    const person = await scene.enrol({ ticked: ["8.4"] });
    await prepare?.(person);
    await happen(person);
    await scene.kit.runJobs();
    assert.equal(await stateOf(ctx, person.subject), "erased");
    const last = scene.mail.letters.findLast(({ to }) => to === person.email);
    assert.match(last?.line ?? "", /последнее письмо/);
    const open = ctx.db
      .selectFrom("requests.request")
      .select("number")
      .where("subject_id", "=", person.subject);
    assert.deepEqual(await open.where("state", "<>", "closed").execute(), []);
  });
}

const days = [
  // Whoever withdraws after midnight in Bishkek does so on the next day, though in UTC it is still this one.
  ["2026-11-23T23:59:59+06:00", "2026-12-23", "2027-05-23"],
  ["2026-11-24T00:00:00+06:00", "2026-12-24", "2027-05-24"],
  // A last day on a weekend or a holiday is not put off, and a month that lacks the day ends on its last one.
  ["2026-12-02T10:00:00+06:00", "2027-01-01", "2027-06-02"],
  ["2026-08-31T10:00:00+06:00", "2026-09-30", "2027-02-28"],
] as const;

for (const [moment, due, cap] of days) {
  test(`17, second and third paragraphs: stopped at ${moment}, destruction is due on ${due} and blocked no longer than ${cap}`, async () => {
    scene.moveTo(moment);
    const { subject } = await scene.enrol();
    const opened = await openFromCabinet(ctx, { subject, kind: "destruction", language: "ru" });
    assert.ok(opened.kind === "opened");
    assert.equal(opened.dueOn.toString(), due);
    assert.deepEqual(await erasuresOf(ctx, subject), [{ event: "17.3", due, cap, finished: undefined }]);
  });
}

test("17, second and third paragraphs: the limits are the 30 days and the 6 months of the text, for both demands", () => {
  for (const kind of ["stop", "destruction"] as const) {
    const { limit, cap, stops } = ctx.policy.requests[kind];
    assert.deepEqual({ limit, cap, stops }, { limit: { days: 30 }, cap: { months: 6 }, stops: true });
  }
  const paragraph = (index: number) => findClause(ctx.texts.ru.text, "17")?.paragraphs[index]?.text ?? "";
  assert.match(paragraph(1), /30 \(тридцать\) дней/);
  assert.match(paragraph(2), /не более 6 \(шести\) месяцев/);
});

test("17, second paragraph: the 30 days of a letter run from its receipt: no link moves the day that was promised", async () => {
  scene.moveTo("2026-10-01T10:00:00+06:00");
  const person = await scene.enrol();
  await demandByLetter(person);
  const asked = scene.mail.letters.findLast(({ to }) => to === person.email);
  assert.match(asked?.text ?? "", /до 31 октября 2026/);
  scene.kit.advance({ days: 6 });
  await pressTheLink(person);
  const rows = ctx.db
    .selectFrom("requests.request")
    .select("number")
    .where("subject_id", "=", person.subject);
  const { number } = await rows.executeTakeFirstOrThrow();
  assert.equal((await findRequest(ctx, number))?.dueOn.toString(), "2026-10-31");
  assert.deepEqual(
    (await erasuresOf(ctx, person.subject)).map(({ due, cap }) => [due, cap]),
    [["2026-10-31", "2027-04-01"]],
  );
});

test("17, third paragraph: data that cannot be destroyed yet is blocked: nobody uses it, and no form adds to it", async () => {
  scene.moveTo("2026-11-23T09:00:00+06:00");
  const person = await scene.enrol({ ticked: ["8.4"] });
  const { subject } = person;
  // The last letter cannot leave, so the address is still needed.
  scene.mail.refuse({ code: 451, at: "data" });
  await openFromCabinet(ctx, { subject, kind: "destruction", language: "ru" });
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, subject), "stopped");
  scene.kit.advance({ days: 29 });
  await sweep(ctx);
  assert.deepEqual(await runErasure(ctx, { subject }), { kind: "waits", target: "tell" });
  for (const purpose of purposeIds) assert.equal(await tryUse(ctx, subject, purpose), "stopped", purpose);
  const { surname, firstName, phone, email } = person;
  const fields = { surname, firstName, phone, email };
  const again = await submitEnquiry(ctx, {
    form: "enrol",
    language: "ru",
    fields,
    ticked: ["8.4"],
    declared: true,
  });
  assert.deepEqual(again, { kind: "being-erased" });

  scene.kit.advance({ days: 1 });
  await sweep(ctx);
  assert.equal(await stateOf(ctx, subject), "erased", "on the thirtieth day it goes, told or not");
  const [plan] = await erasuresOf(ctx, subject);
  assert.equal(plan?.due, "2026-12-23");
  assert.equal(plan?.finished, ctx.now().toString());
  scene.mail.accept();
});

test("17, second paragraph: an installation that can send no letters still destroys on the thirtieth day", async () => {
  scene.moveTo("2026-11-23T09:00:00+06:00");
  const { subject } = await scene.enrol();
  const silent: Context = { ...ctx, mailer: undefined };
  await openFromCabinet(silent, { subject, kind: "stop", language: "ru" });
  assert.deepEqual(await runErasure(silent, { subject }), { kind: "waits", target: "tell" });
  scene.kit.advance({ days: 30 });
  await sweep(silent);
  assert.equal(await stateOf(ctx, subject), "erased");
});

test("17: whoever left a phone alone is stopped and destroyed like anybody else", async () => {
  const fields = { surname: "Тестова", firstName: "Айгуль", phone: "0555000177" };
  const sent = await submitEnquiry(ctx, {
    form: "consultation",
    language: "ky",
    fields,
    ticked: [],
    declared: true,
  });
  assert.ok(sent.kind === "accepted");
  const row = ctx.db.selectFrom("enquiries.enquiry").select("subject_id").where("number", "=", sent.number);
  const { subject_id: subject } = await row.executeTakeFirstOrThrow();
  assert.deepEqual(await withdrawConsent(ctx, { subject, purpose: "8.2" }), {
    kind: "withdrawn",
    stopped: true,
  });
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, subject), "erased");
});

test("17: several events at the same moment make one stop and one destruction", async () => {
  const person = await scene.enrol({ ticked: ["8.4"] });
  const { subject } = person;
  await demandByLetter(person);
  await Promise.all([
    pressTheLink(person).catch(() => {}),
    openFromCabinet(ctx, { subject, kind: "destruction", language: "ru" }),
    withdrawConsent(ctx, { subject, purpose: "8.2" }),
    withdrawConsent(ctx, { subject, purpose: "8.4" }),
  ]);
  assert.equal((await erasuresOf(ctx, subject)).length, 1);
  const blocked = (await journalOf(ctx, subject)).filter(
    (entry) => entry.operation === "blocking" && entry.purpose === "17",
  );
  assert.equal(blocked.length, 1);
  await scene.kit.runJobs();
  assert.equal(await stateOf(ctx, subject), "erased");
  const told = scene.mail.letters.filter(
    ({ to, line }) => to === person.email && /последнее письмо/.test(line),
  );
  assert.equal(told.length, 1);
});

test("17: a letter that was waiting to leave does not leave once processing has stopped", async () => {
  scene.mail.refuse({ code: 451, at: "data" });
  const person = await scene.enrol();
  await openFromCabinet(ctx, { subject: person.subject, kind: "stop", language: "ru" });
  scene.mail.accept();
  scene.kit.advance({ minutes: 10 });
  await sweep(ctx);
  await scene.kit.runJobs();
  const lines = scene.mail.letters.filter(({ to }) => to === person.email).map(({ line }) => line);
  assert.equal(lines.length, 1, "only the last letter");
  assert.match(lines[0] ?? "", /последнее письмо/);
});
