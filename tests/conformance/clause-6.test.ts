import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { policyDirectory, type PurposeId } from "../../server/config/policy.ts";
import { withdrawConsent } from "../../server/consent/withdraw-consent.ts";
import type { Context } from "../../server/context.ts";
import { connect } from "../../server/database/connect.ts";
import { fulfilEnquiry } from "../../server/enquiries/fulfil-enquiry.ts";
import { listEnquiries } from "../../server/enquiries/list-enquiries.ts";
import { submitEnquiry } from "../../server/enquiries/submit-enquiry.ts";
import { loadPolicy } from "../../server/publishing/load-policy.ts";
import { publishPolicy } from "../../server/publishing/publish-policy.ts";
import { createScene, formIds, journalOf, type Person, type Scene, seriesOf, tryUse } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const withdraw = ({ subject }: Person, purpose: PurposeId) => withdrawConsent(ctx, { subject, purpose });

test("6, first paragraph: a consent is given purpose by purpose; what was not agreed to is not allowed", async () => {
  const { subject } = await scene.enrol({ ticked: ["8.4", "8.8"] });
  const answers = await Promise.all(
    (["8.2", "8.4", "8.5", "8.8", "8.9"] as const).map((id) => tryUse(ctx, subject, id)),
  );
  assert.deepEqual(answers, ["done", "done", "no-consent", "done", "no-consent"]);
});

test("6, first paragraph: each use is journaled with the consent's purpose, and each refusal with clause 6", async () => {
  const { subject } = await scene.enrol({ ticked: ["8.4"] });
  await tryUse(ctx, subject, "8.4");
  await tryUse(ctx, subject, "8.8");
  const last = (await journalOf(ctx, subject)).slice(-2);
  assert.deepEqual(
    last.map(({ operation, purpose, basis, clause, outcome, reason }) => ({
      operation,
      purpose,
      basis,
      clause,
      outcome,
      reason,
    })),
    [
      { operation: "use", purpose: "8.4", basis: "consent", clause: "8.4", outcome: "done", reason: null },
      {
        operation: "use",
        purpose: "8.8",
        basis: "consent",
        clause: "6",
        outcome: "refused",
        reason: "no-consent",
      },
    ],
  );
});

test("6, second paragraph: a consent lives until it is withdrawn, however long that takes", async () => {
  const { subject } = await scene.enrol({ ticked: ["8.4"] });
  scene.kit.advance({ years: 3 });
  assert.equal(await tryUse(ctx, subject, "8.4"), "done");
  scene.kit.advance({ years: -3 });
});

test("6, second paragraph: a consent ends when its purpose is reached, and the others live on", async () => {
  const { subject } = await scene.enrol({ ticked: ["8.4"] });
  const [enquiry] = (await listEnquiries(ctx, { state: "open" })).enquiries;
  const fulfilled = await fulfilEnquiry(ctx, {
    number: enquiry?.number ?? "",
    staffId: await scene.staffId(),
  });
  assert.deepEqual(fulfilled, { kind: "fulfilled", consequence: { kind: "purpose-ends", living: ["8.4"] } });
  assert.deepEqual(await seriesOf(ctx, subject, "8.2"), ["given", "expired"]);
  assert.deepEqual(
    [await tryUse(ctx, subject, "8.2"), await tryUse(ctx, subject, "8.4")],
    ["no-consent", "done"],
  );
});

test("6, third paragraph: withdrawn at a moment, a consent is refused from that very moment", async () => {
  const person = await scene.enrol({ ticked: ["8.4", "8.8"] });
  const { subject } = person;
  assert.equal(await tryUse(ctx, subject, "8.4"), "done");
  const moment = ctx.now().toString();
  assert.deepEqual(await withdraw(person, "8.4"), { kind: "withdrawn", stopped: false });
  assert.deepEqual(
    [await tryUse(ctx, subject, "8.4"), await tryUse(ctx, subject, "8.8")],
    ["no-consent", "done"],
  );
  assert.equal(ctx.now().toString(), moment, "the clock has not moved");
  const withdrawn = (await journalOf(ctx, subject)).find(({ operation }) => operation === "blocking");
  assert.deepEqual([withdrawn?.purpose, withdrawn?.actor, withdrawn?.at], ["8.4", "subject", moment]);
});

test("6, third paragraph: withdrawing is one press in the cabinet, in each language", async () => {
  for (const language of ["ru", "ky", "en"] as const) {
    const person = await scene.enrol({ language, ticked: ["8.4"] });
    const visitor = await scene.signIn(person, language);
    assert.equal((await visitor.post(`/${language}/cabinet/consents`, { withdraw: "8.4" })).status, 303);
    assert.equal(await tryUse(ctx, person.subject, "8.4"), "no-consent");
  }
});

test("6: a withdrawn consent never opens again by itself: not by visits, by time, by a restart or by an unticked box", async () => {
  const person = await scene.enrol({ ticked: ["8.4"] });
  const { subject } = person;
  await withdraw(person, "8.4");

  const visitor = await scene.signIn(person);
  for (const path of [
    "/",
    "/policy",
    "/cabinet",
    "/cabinet/consents",
    ...formIds.map((form) => `/forms/${form}`),
  ]) {
    assert.equal((await visitor.get(`/ru${path}`)).status, 200, path);
  }
  assert.equal(await tryUse(ctx, subject, "8.4"), "no-consent");
  scene.kit.advance({ years: 1 });
  assert.equal(await tryUse(ctx, subject, "8.4"), "no-consent");
  {
    await using owner = connect(scene.kit.database.ownerAddress, { name: "restart", max: 1 });
    await publishPolicy(owner.db, ctx.policy, loadPolicy(ctx.policy, policyDirectory), ctx.now());
  }
  assert.equal(await tryUse(ctx, subject, "8.4"), "no-consent");
  await scene.sendAgain(person, "order");
  assert.equal(await tryUse(ctx, subject, "8.4"), "no-consent");
  assert.deepEqual(await seriesOf(ctx, subject, "8.4"), ["given", "withdrawn", "refused"]);

  const fields = {
    surname: person.surname,
    firstName: person.firstName,
    phone: person.phone,
    email: person.email,
  };
  await submitEnquiry(ctx, { form: "enrol", language: "ru", fields, ticked: ["8.4"], declared: true });
  assert.equal(await tryUse(ctx, subject, "8.4"), "done", "only the person opens it, by ticking the box");
  assert.deepEqual(await seriesOf(ctx, subject, "8.4"), ["given", "withdrawn", "refused", "given"]);
});

test("6: an enquiry whose consent was withdrawn stays stopped when the person sends another one", async () => {
  const person = await scene.enrol({ ticked: ["8.4"] });
  const { subject } = person;
  await withdraw(person, "8.2");
  await scene.sendAgain(person, "order");
  const staffId = await scene.staffId();
  const { rows } = await sql<{ number: string }>`
    select number from enquiries.enquiry where subject_id = ${subject} order by number`.execute(ctx.db);
  const [withdrawn = "", sent = ""] = rows.map(({ number }) => number);
  const open = (await listEnquiries(ctx, { state: "open" })).enquiries.map(({ number }) => number);
  assert.deepEqual([open.includes(withdrawn), open.includes(sent)], [false, true]);
  // Nor does it hold up the end of the purpose, once the new one is carried out.
  const fulfilled = await fulfilEnquiry(ctx, { number: sent, staffId });
  assert.deepEqual(fulfilled, { kind: "fulfilled", consequence: { kind: "purpose-ends", living: ["8.4"] } });
});

test("6: the series of a consent is only added to: the server's role can change no event of it", async () => {
  await scene.enrol();
  // 42501: the role has no such right.
  await assert.rejects(sql`update consent.event set kind = 'given'`.execute(ctx.db), { code: "42501" });
  await assert.rejects(sql`update consent.act set given = '{8.8}'`.execute(ctx.db), { code: "42501" });
  await assert.rejects(sql`update consent.shown_text set text = ''`.execute(ctx.db), { code: "42501" });
});
