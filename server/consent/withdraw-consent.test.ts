import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CabinetPeople, createCabinetPeople, type Person } from "../../test-kit/cabinet-people.ts";
import type { PurposeId } from "../config/policy.ts";
import type { Context } from "../context.ts";
import { livingOf, readMyConsents } from "./my-consents.ts";
import { findShownText } from "./shown-text.ts";
import { withdrawConsent } from "./withdraw-consent.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

let people: CabinetPeople;
let ctx: Context;
before(async () => {
  people = await createCabinetPeople();
  ctx = people.kit.ctx;
});
after(() => people[Symbol.asyncDispose]());

async function readName({ subject }: Person, purpose: "8.2" | "8.4") {
  const use = { subject, purpose, operation: "use", categories: ["firstName"], actor: { kind: "system" } } as const;
  const opened = await ctx.gate.use(use, ({ latest }) => latest.firstName);
  return opened.kind === "done" ? opened.value : opened.reason;
}

async function statesOf({ subject }: Person): Promise<Record<string, string>> {
  return Object.fromEntries((await readMyConsents(ctx, subject)).map(({ purpose, state }) => [purpose, state]));
}

async function stateOf({ subject }: Person): Promise<string> {
  const row = await ctx.db.selectFrom("vault.subject").select("state").where("subject_id", "=", subject).executeTakeFirst();
  return row?.state ?? "gone";
}

async function journalOf({ subject }: Person) {
  const entries = await entriesAbout(ctx, subject, ["operation", "purpose", "basis", "clause", "actor", "outcome"]);
  return entries.filter(({ operation }) => operation === "blocking");
}

test("a withdrawn consent is refused by the gate at once; the others go on", async () => {
  const person = await people.enrol({ ticked: ["8.4", "8.8"] });
  assert.equal(await readName(person, "8.4"), "Айбек");
  assert.deepEqual(await withdrawConsent(ctx, { subject: person.subject, purpose: "8.4" }), {
    kind: "withdrawn",
    stopped: false,
  });
  assert.equal(await readName(person, "8.4"), "no-consent");
  assert.equal(await readName(person, "8.2"), "Айбек");
  const states = await statesOf(person);
  assert.deepEqual([states["8.2"], states["8.4"], states["8.5"], states["8.8"]], ["given", "withdrawn", "refused", "given"]);
});

test("the journal says that the person stopped this purpose, under which clause, and on what basis it had stood", async () => {
  const person = await people.enrol({ ticked: ["8.4"] });
  await withdrawConsent(ctx, { subject: person.subject, purpose: "8.4" });
  assert.deepEqual(await journalOf(person), [
    { operation: "blocking", purpose: "8.4", basis: "consent", clause: "8.4", actor: "subject", outcome: "done" },
  ]);
});

test("withdrawing twice, also at once, withdraws once", async () => {
  const person = await people.enrol({ ticked: ["8.4"] });
  const withdraw = () => withdrawConsent(ctx, { subject: person.subject, purpose: "8.4" });
  const outcomes = await Promise.all(Array.from({ length: 8 }, withdraw));
  assert.equal(outcomes.filter(({ kind }) => kind === "withdrawn").length, 1);
  assert.deepEqual(await withdraw(), { kind: "not-living" });
  assert.equal((await journalOf(person)).length, 1);
});

test("a consent that was refused or never asked cannot be withdrawn, and nothing is written", async () => {
  const person = await people.enrol({ ticked: ["8.4"] });
  for (const purpose of ["8.5", "8.10"] as const satisfies PurposeId[]) {
    assert.deepEqual(await withdrawConsent(ctx, { subject: person.subject, purpose }), { kind: "not-living" });
  }
  assert.deepEqual(await journalOf(person), []);
  assert.equal((await statesOf(person))["8.5"], "refused");
});

test("with the last consent all processing stops and the data is destroyed (17.2)", async () => {
  const person = await people.enrol({ ticked: [] });
  assert.deepEqual(await withdrawConsent(ctx, { subject: person.subject, purpose: "8.2" }), {
    kind: "withdrawn",
    stopped: true,
  });
  assert.equal(await stateOf(person), "stopped");
  assert.equal(await readName(person, "8.2"), "stopped");
  const plan = ctx.db.selectFrom("erasure.plan").select(["event", "request_id"]).where("subject_id", "=", person.subject);
  assert.deepEqual(await plan.execute(), [{ event: "17.2", request_id: null }]);
  await people.kit.runJobs();
  assert.equal(await stateOf(person), "erased");
});

test("two last consents withdrawn at once leave nothing living and stop once", async () => {
  const person = await people.enrol({ ticked: ["8.4"] });
  const { subject } = person;
  const outcomes = await Promise.all([
    withdrawConsent(ctx, { subject, purpose: "8.2" }),
    withdrawConsent(ctx, { subject, purpose: "8.4" }),
  ]);
  assert.deepEqual(outcomes.map((done) => done.kind === "withdrawn" && done.stopped).sort(), [false, true]);
  assert.equal(await stateOf(person), "stopped");
});

test("the person sees what they saw and pressed: text, button, language, version, and when", async () => {
  const person = await people.enrol({ form: "consultation", language: "ky", ticked: ["8.8"] });
  const consents = await readMyConsents(ctx, person.subject);
  assert.deepEqual(consents.map(({ purpose }) => purpose), ["8.2", "8.4", "8.5", "8.8", "8.9"]);
  assert.deepEqual(livingOf(consents), ["8.2", "8.8"]);
  const act = consents.find(({ purpose }) => purpose === "8.8")?.act ?? assert.fail("the act is missing");
  const { at, shownHash, ...seen } = act;
  assert.deepEqual(seen, { policyVersion: "1", language: "ky", form: "consultation", buttonLabel: "Кеңеш суроо" });
  assert.equal(String(at), String(ctx.now()));
  const shown = await findShownText(ctx, { subject: person.subject, hash: shownHash });
  assert.equal(shown?.language, "ky");
  assert.match(shown?.text ?? "", /Кеңеш суроо/);
});

test("a withdrawal keeps the act that the consent came from", async () => {
  const person = await people.enrol({ ticked: ["8.4"] });
  const before = await readMyConsents(ctx, person.subject);
  await withdrawConsent(ctx, { subject: person.subject, purpose: "8.4" });
  const of = (consents: typeof before) => consents.find(({ purpose }) => purpose === "8.4")?.act;
  assert.deepEqual(of(await readMyConsents(ctx, person.subject)), of(before));
});

test("nobody can open a text that they were not shown", async () => {
  const [shown, other] = [await people.enrol({ form: "order" }), await people.enrol({ form: "enrol" })];
  const [consent] = await readMyConsents(ctx, shown.subject);
  const hash = consent?.act?.shownHash ?? assert.fail("the act is missing");
  assert.notEqual(await findShownText(ctx, { subject: shown.subject, hash }), undefined);
  assert.equal(await findShownText(ctx, { subject: other.subject, hash }), undefined);
  for (const junk of ["", "00", "'", hash.toUpperCase()]) {
    assert.equal(await findShownText(ctx, { subject: shown.subject, hash: junk }), undefined);
  }
});
