import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import type { Context } from "../context.ts";
import { submitEnquiry } from "../enquiries/submit-enquiry.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { findSubject } from "../vault/find-subject.ts";
import { queueLetter } from "./queue-letter.ts";
import { handOverLetter, listOutbox, openLetter } from "./outbox.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

let scene: TestContext;
let ctx: Context;
let staffId: string;
before(async () => {
  scene = await createTestContext();
  ctx = scene.ctx;
  staffId = ctx.newId();
});
after(() => scene[Symbol.asyncDispose]());

let serial = 0;
/** Somebody enquires while there is no SMTP server. */
async function enquire(): Promise<{ email: string; subject: string; letterId: string }> {
  serial += 1;
  const email = `begimai.${serial}@example.kg`;
  const fields = { surname: "Тестова", firstName: "Бегимай", phone: `+99655500${String(1000 + serial)}`, email };
  const taken = await submitEnquiry(ctx, { form: "enrol", language: "ru", fields, ticked: [], declared: true });
  assert.ok(taken.kind === "accepted", JSON.stringify(taken));
  const subject = (await findSubject(ctx, "email", email)) ?? assert.fail();
  const letterId = (await listOutbox(ctx)).at(-1)?.letterId ?? assert.fail();
  return { email, subject, letterId };
}

test("a letter that waits is listed without a word of what it says or to whom", async () => {
  const { letterId } = await enquire();
  const listed = (await listOutbox(ctx)).find((letter) => letter.letterId === letterId);
  assert.deepEqual(listed, {
    letterId,
    kind: "enquiry-received",
    number: "1",
    language: "ru",
    state: "waiting",
    createdAt: ctx.now(),
    attempts: 0,
  });
});

test("a member of staff opens a letter, and the journal says that they did", async () => {
  const { email, letterId, subject } = await enquire();
  const opened = await openLetter(ctx, { letterId, staffId });
  assert.ok(opened.kind === "opened");
  assert.equal(opened.to, email);
  assert.match(opened.text, /Здравствуйте/);
  const entries = await entriesAbout(ctx, subject, ["actor", "purpose", "staff_id"]);
  const ofStaff = entries.filter(({ actor }) => actor === "staff");
  assert.deepEqual(ofStaff, [{ actor: "staff", purpose: "8.2", staff_id: staffId }]);
});

test("a letter that was handed over leaves the outbox, once", async () => {
  const { letterId } = await enquire();
  assert.deepEqual(await handOverLetter(ctx, { letterId }), { kind: "handed-over" });
  assert.deepEqual(await handOverLetter(ctx, { letterId }), { kind: "unknown" });
  assert.deepEqual(await openLetter(ctx, { letterId, staffId }), { kind: "unknown" });
  assert.ok(!(await listOutbox(ctx)).some((letter) => letter.letterId === letterId));
});

test("nobody but the person gets a code for the person's cabinet, even while the person waits for it", async () => {
  const { subject, email } = await enquire();
  await ctx.db.transaction().execute((tx) =>
    ctx.gate.useWithin(
      tx,
      { subject, purpose: "16-1", operation: "use", categories: ["email"], actor: { kind: "subject" } },
      ({ seal }) =>
        queueLetter(
          ctx,
          tx,
          { subject, purpose: "16-1", kind: "sign-in-code", language: "ru", to: email, line: "Код", text: "000000" },
          seal,
        ),
    ),
  );
  const code = (await listOutbox(ctx)).at(-1);
  assert.equal(code?.kind, "sign-in-code");
  const asked = { code_id: ctx.newId(), subject_id: subject, digest: ctx.randomBytes(32), key_version: 1 };
  const times = { created_at: ctx.now(), expires_at: ctx.now().add({ minutes: 10 }) };
  await ctx.db.insertInto("sign_in.code").values({ ...asked, ...times }).execute();
  const refused = { kind: "refused", reason: "not-owed", clause: "16" };
  assert.deepEqual(await openLetter(ctx, { letterId: code.letterId, staffId }), refused);

  const demo: Context = { ...ctx, config: { ...ctx.config, kind: "demo" } };
  const opened = await openLetter(demo, { letterId: code.letterId, staffId });
  assert.equal(opened.kind, "opened", "in a demo nobody is real, and whoever runs it plays the person");
});

test("after a stop the letter under a purpose stays sealed, also for staff", async () => {
  const { subject, letterId } = await enquire();
  await ctx.db.transaction().execute((tx) =>
    acceptStop(ctx, tx, { subject, event: "17.2", request: null, actor: { kind: "subject" } }),
  );
  const opened = await openLetter(ctx, { letterId, staffId });
  assert.ok(opened.kind === "refused" && opened.reason === "stopped");
});

test("handing over the last letter lets the erasure that waits for it go on to its end", async () => {
  const { subject } = await enquire();
  await ctx.db.transaction().execute((tx) =>
    acceptStop(ctx, tx, { subject, event: "17.2", request: null, actor: { kind: "subject" } }),
  );
  await scene.runJobs();
  const { letterId } = await ctx.db
    .selectFrom("letters.outgoing")
    .select("letter_id as letterId")
    .where("subject_id", "=", subject)
    .where("kind", "=", "erased")
    .executeTakeFirstOrThrow();
  assert.equal((await openLetter(ctx, { letterId, staffId })).kind, "opened");
  await handOverLetter(ctx, { letterId });
  await scene.runJobs();
  const { state } = await ctx.db
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", subject)
    .executeTakeFirstOrThrow();
  assert.equal(state, "erased");
});

test("an id that is none opens nothing", async () => {
  for (const letterId of ["", "1", "'; drop table x", `${ctx.newId()} `, ctx.newId()]) {
    assert.deepEqual(await openLetter(ctx, { letterId, staffId }), { kind: "unknown" });
    assert.deepEqual(await handOverLetter(ctx, { letterId }), { kind: "unknown" });
  }
});
