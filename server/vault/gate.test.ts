import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { Context } from "../context.ts";
import { connect } from "../database/connect.ts";
import { appendConsentEvents } from "../journal/consent-events.ts";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { aPersonWithPhone, usesOf, staff } from "./gate-scene.ts";
import { stopSubject } from "./stop-subject.ts";
import { askVault } from "../../test-kit/ask-vault.ts";
import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";

let scene: TestContext;
let ctx: Context;
before(async () => {
  scene = await createTestContext();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

async function readPhone(subject: string, purpose: "8.2" | "8.8" | "21" | "17" = "8.2") {
  if (purpose === "17" || purpose === "8.2" || purpose === "8.8") {
    return ctx.gate.use(
      { subject, purpose, operation: "extraction", categories: ["phone"], actor: staff },
      ({ latest }) => latest.phone,
    );
  }
  return ctx.gate.use({ subject, purpose, operation: "extraction", categories: [], actor: staff }, () => undefined);
}

test("a phone number is read for a purpose that the person agreed to, and the reading is journaled", async () => {
  const subject = await aPersonWithPhone(ctx, ["8.2"]);
  assert.deepEqual(await readPhone(subject), { kind: "done", value: "+996555000111" });
  assert.deepEqual(await usesOf(ctx, subject), [
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
  const subject = await aPersonWithPhone(ctx, ["8.2"]);
  assert.deepEqual(await readPhone(subject, "8.8"), { kind: "refused", reason: "no-consent", clause: "6" });
  const [entry] = await usesOf(ctx, subject);
  assert.equal(entry?.outcome, "refused");
  assert.equal(entry.reason, "no-consent");
});

test("from the commit of a stop, the gate refuses every purpose", async () => {
  const subject = await aPersonWithPhone(ctx, ["8.2", "8.8"]);
  await stopSubject(ctx.db, subject, ctx.now());
  for (const purpose of ["8.2", "8.8"] as const) {
    assert.deepEqual(await readPhone(subject, purpose), { kind: "refused", reason: "stopped", clause: "17" });
  }
});

test("staff cannot lean on a duty that nobody is owed", async () => {
  const subject = await aPersonWithPhone(ctx, ["8.2"]);
  assert.deepEqual(await readPhone(subject, "21"), { kind: "refused", reason: "not-owed", clause: "21" });
});

test("a withdrawn consent refuses, and giving it again opens", async () => {
  const subject = await aPersonWithPhone(ctx, ["8.8"]);
  await appendConsentEvents(ctx.db, ctx, { subject, kind: "withdrawn", purposes: ["8.8"] });
  assert.equal((await readPhone(subject, "8.8")).kind, "refused");
  await appendConsentEvents(ctx.db, ctx, { subject, kind: "given", purposes: ["8.8"] });
  assert.equal((await readPhone(subject, "8.8")).kind, "done");
});

test("a reading is journaled for good before anybody sees the data, also when the reader then fails", async () => {
  const subject = await aPersonWithPhone(ctx, ["8.2"]);
  let seen = 0;
  const fails = ctx.gate.use(
    { subject, purpose: "8.2", operation: "use", categories: ["phone"], actor: staff },
    async () => {
      // Over another connection, which sees only what is committed.
      seen = (await usesOf(ctx, subject)).length;
      throw new Error("the reader fails");
    },
  );
  await assert.rejects(fails, /the reader fails/);
  assert.equal(seen, 1);
  assert.equal((await usesOf(ctx, subject)).length, 1);
});

test("what was opened is closed again when the callback has ended", async () => {
  const subject = await aPersonWithPhone(ctx, ["8.2"]);
  const kept = await ctx.gate.use(
    { subject, purpose: "8.2", operation: "use", categories: ["phone"], actor: staff },
    (opened) => ({ opened, sealed: opened.seal(Buffer.from("a note"), "a row") }),
  );
  assert.ok(kept.kind === "done");
  const { opened, sealed } = kept.value;
  assert.throws(() => opened.unseal(sealed, "a row"), { code: "seal-broken" });
});

test("only what came with the record that was asked for is opened", async () => {
  const subject = await aPersonWithPhone(ctx, ["8.2"]);
  const { record_id: record } = await ctx.db
    .selectFrom("vault.attribute")
    .select("record_id")
    .where("subject_id", "=", subject)
    .executeTakeFirstOrThrow();
  const use = { subject, purpose: "8.2", operation: "use", categories: ["phone"], actor: staff } as const;
  const readFrom = (record: string) => ctx.gate.use({ ...use, record }, ({ values }) => values.length);
  assert.deepEqual(await readFrom(record), { kind: "done", value: 1 });
  assert.deepEqual(await readFrom(ctx.newId()), { kind: "done", value: 0 });
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
  "replace the function that opens keys": `create or replace function vault.open_subjects(boolean, timestamptz, int, uuid[],
    uuid[], text[], text[], text[], uuid[], text[], uuid[], bytea[], bytea[]) returns int language sql as 'select 1'`,
  "make the function that opens keys run with its own rights": "alter function vault.open_subjects security invoker",
  "replace the function that destroys keys": "create or replace function vault.destroy_key(p uuid) returns int language sql as 'select 1'",
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
  await readPhone(await aPersonWithPhone(ctx, ["8.2"]));
  await using owner = connect(scene.database.ownerAddress, { name: "test-owner", max: 1 });
  for (const statement of ["update journal.entry set reason = null", "delete from journal.entry", "truncate journal.entry"]) {
    await assert.rejects(sql.raw(statement).execute(owner.db), /append-only/);
  }
});

function askForKeys(db: Kysely<Database>, subjects: readonly string[], entries: readonly string[]) {
  const use = { purpose: "8.2", operation: "use", categories: ["phone"], actor: "system" };
  return askVault(db, ctx.now(), subjects.map((subject) => ({ ...use, subject, entry: ctx.newId() })), entries);
}

test("a key without a journal row of its own is not to be had", async () => {
  const subjects = [await aPersonWithPhone(ctx, ["8.2"]), await aPersonWithPhone(ctx, ["8.2"])];
  const [entry, other] = [ctx.newId(), ctx.newId()];
  const notNull = { code: "23502" };
  await assert.rejects(askForKeys(ctx.db, subjects, [entry]), notNull, "fewer journal rows than subjects");
  await assert.rejects(askForKeys(ctx.db, subjects, [entry, entry]), { code: "23505" }, "one row for two");
  assert.equal((await askForKeys(ctx.db, subjects, [entry, other])).length, 2);
  await assert.rejects(askForKeys(ctx.db, subjects, [entry, other]), { code: "23505" }, "rows already there");
});

test("a type of the server's own role does not run with the rights of the keeper of keys", async () => {
  const subject = await aPersonWithPhone(ctx, ["8.2"]);
  await using app = connect(scene.database.appAddress, { name: "thief", max: 1 });
  const steps = [
    "create temp table loot (wrapped_key pg_catalog.bytea)",
    "grant all on pg_temp.loot to public",
    `create function pg_temp.steal() returns pg_catalog.bool language plpgsql as $$ begin
       begin
         insert into pg_temp.loot select k.wrapped_key from vault.subject_key k;
       exception when others then null;
       end;
       return true;
     end $$`,
  ];
  for (const step of steps) await sql.raw(step).execute(app.db);
  for (const type of ["text", "uuid", "json", "bytea", "timestamptz", "int4", "bool"]) {
    const thief = `create domain pg_temp.${type} as pg_catalog.${type} check (pg_temp.steal())`;
    await sql.raw(thief).execute(app.db);
  }
  await askForKeys(app.db, [subject], [ctx.newId()]);
  assert.deepEqual((await sql`select from pg_temp.loot`.execute(app.db)).rows, []);
});
