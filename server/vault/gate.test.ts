import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { Context } from "../context.ts";
import { connect } from "../database/connect.ts";
import { appendConsentEvents } from "../journal/consent-events.ts";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { newSubject } from "./new-subject.ts";
import { attributeIdentity } from "./open-subject.ts";
import { stopSubject } from "./stop-subject.ts";
import { storeSubject } from "./store-subject.ts";

let scene: TestContext;
let ctx: Context;
before(async () => {
  scene = await createTestContext();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

async function aPersonWithPhone(consents: readonly string[]): Promise<string> {
  const subject = newSubject(ctx);
  const attribute = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    await storeSubject(tx, subject, ctx.now());
    await tx
      .insertInto("vault.attribute")
      .values({
        subject_id: subject.subjectId,
        attribute_id: attribute,
        record_id: ctx.newId(),
        category: "phone",
        sealed: subject.seal(Buffer.from("+996555000111"), attributeIdentity(subject.subjectId, attribute, "phone")),
        recorded_at: ctx.now(),
      })
      .execute();
    await appendConsentEvents(tx, ctx, { subject: subject.subjectId, kind: "given", purposes: consents });
  });
  return subject.subjectId;
}

const staff = { kind: "staff", staffId: "01a20908-6d7c-79fb-b3e6-1285df86460c" } as const;

async function readPhone(subject: string, purpose: "8.2" | "8.8" | "21" | "17" = "8.2") {
  if (purpose === "17" || purpose === "8.2" || purpose === "8.8") {
    return ctx.gate.use(
      { subject, purpose, operation: "extraction", categories: ["phone"], actor: staff },
      ({ latest }) => latest.phone,
    );
  }
  return ctx.gate.use({ subject, purpose, operation: "extraction", categories: [], actor: staff }, () => undefined);
}

function entriesAbout(subject: string) {
  return ctx.db
    .selectFrom("journal.entry as entry")
    .innerJoin("journal.about as about", "about.entry_id", "entry.entry_id")
    .select(["operation", "purpose", "clause", "categories", "actor", "outcome", "reason"])
    .where("about.subject_id", "=", subject)
    .orderBy("entry.entry_id")
    .execute();
}

test("a phone number is read for a purpose that the person agreed to, and the reading is journaled", async () => {
  const subject = await aPersonWithPhone(["8.2"]);
  assert.deepEqual(await readPhone(subject), { kind: "done", value: "+996555000111" });
  assert.deepEqual(await entriesAbout(subject), [
    {
      operation: "extraction",
      purpose: "8.2",
      clause: "8.2",
      categories: ["phone"],
      actor: "staff",
      outcome: "done",
      reason: null,
    },
  ]);
});

test("a purpose that the person never agreed to is refused with its clause, and the refusal is journaled", async () => {
  const subject = await aPersonWithPhone(["8.2"]);
  assert.deepEqual(await readPhone(subject, "8.8"), { kind: "refused", reason: "no-consent", clause: "6" });
  const [entry] = await entriesAbout(subject);
  assert.equal(entry?.outcome, "refused");
  assert.equal(entry.reason, "no-consent");
});

test("from the commit of a stop, the gate refuses every purpose", async () => {
  const subject = await aPersonWithPhone(["8.2", "8.8"]);
  await stopSubject(ctx.db, subject, ctx.now());
  for (const purpose of ["8.2", "8.8"] as const) {
    assert.deepEqual(await readPhone(subject, purpose), { kind: "refused", reason: "stopped", clause: "17" });
  }
});

test("staff cannot lean on a duty that nobody is owed", async () => {
  const subject = await aPersonWithPhone(["8.2"]);
  assert.deepEqual(await readPhone(subject, "21"), { kind: "refused", reason: "not-owed", clause: "21" });
});

test("a withdrawn consent refuses, and giving it again opens", async () => {
  const subject = await aPersonWithPhone(["8.8"]);
  await appendConsentEvents(ctx.db, ctx, { subject, kind: "withdrawn", purposes: ["8.8"] });
  assert.equal((await readPhone(subject, "8.8")).kind, "refused");
  await appendConsentEvents(ctx.db, ctx, { subject, kind: "given", purposes: ["8.8"] });
  assert.equal((await readPhone(subject, "8.8")).kind, "done");
});

test("a reading whose transaction fails gives nothing away", async () => {
  const subject = await aPersonWithPhone(["8.2"]);
  const fails = ctx.gate.use(
    { subject, purpose: "8.2", operation: "use", categories: ["phone"], actor: staff },
    () => Promise.reject(new Error("the reader fails")),
  );
  await assert.rejects(fails, /the reader fails/);
});

const roundTheFunction: Readonly<Record<string, string>> = {
  "read the keys": "select wrapped_key from vault.subject_key",
  "read the keys by returning them": "delete from vault.subject_key returning wrapped_key",
  "change a key": "update vault.subject_key set wrapped_key = wrapped_key",
  "delete a key outside an erasure": "select vault.destroy_key('01a20908-6d7c-79fb-b3e6-1285df86460c')",
  "change the journal": "update journal.entry set outcome = 'done'",
  "delete from the journal": "delete from journal.entry",
  "empty the journal": "truncate journal.entry",
  "invent a purpose": "insert into vault.ground values ('8.11', 'purpose', '8', 'consent', '{phone}', '{use}', '1')",
  "change a published text": "update publishing.policy_text set text = ''",
  "replace the function": "create or replace function vault.destroy_key(p uuid) returns int language sql as 'select 1'",
  "become the owner": "set role ubada_owner",
  "become the keeper of keys": "set role ubada_keys",
  "call a real installation a demo": "update publishing.installation set kind = 'demo'",
};
for (const [deed, statement] of Object.entries(roundTheFunction)) {
  test(`the server's database role cannot ${deed}`, async () => {
    await assert.rejects(sql.raw(statement).execute(ctx.db), { code: "42501" });
  });
}

test("the journal refuses changes even from the owner of the database", async () => {
  await readPhone(await aPersonWithPhone(["8.2"]));
  await using owner = connect(scene.database.ownerAddress, { name: "test-owner", max: 1 });
  for (const statement of ["update journal.entry set reason = null", "delete from journal.entry", "truncate journal.entry"]) {
    await assert.rejects(sql.raw(statement).execute(owner.db), /append-only/);
  }
});
