import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { operations, transfers } from "../../policy/language/operations.ts";
import type { Context } from "../../server/context.ts";
import { readFields } from "../../server/enquiries/read-fields.ts";
import { submitEnquiry } from "../../server/enquiries/submit-enquiry.ts";
import { askDatabase, createScene, formIds, journalOf, purposeIds, type Scene, tryUse } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const allOperations = [...operations, ...transfers];

test("10.1: every purpose and every duty names its basis and the clause it rests on, and so does every entry", async () => {
  const grounds = await ctx.db.selectFrom("vault.ground").selectAll().execute();
  assert.equal(grounds.length, 10 + Object.keys(ctx.policy.duties).length);
  for (const { basis, clause } of grounds) {
    assert.ok(["consent", "contract", "duty"].includes(basis));
    assert.ok(
      ctx.texts.ru.text.clauses.some(({ id }) => id === clause),
      clause,
    );
  }
  const { subject } = await scene.enrol();
  const entries = await journalOf(ctx, subject);
  assert.ok(entries.length > 1);
  for (const { basis, clause } of entries) assert.ok(basis !== "none" && clause !== "");
});

test("10.1: only the database's owner decides which grounds there are; the server's role can add none", async () => {
  const row = "('8.11', 'purpose', '8.2', 'consent', '{phone}', '{use}', '1')";
  for (const statement of [
    `insert into vault.ground values ${row}`,
    "update vault.ground set categories = '{phone}'",
    "delete from vault.ground",
  ]) {
    await assert.rejects(sql.raw(statement).execute(ctx.db), { code: "42501" });
  }
});

test("10.1: the journal itself takes no operation without a basis, a clause and a purpose", async () => {
  for (const column of ["purpose", "basis", "clause", "actor", "operation"]) {
    const { rows } = await sql<{ is_nullable: string }>`select is_nullable from information_schema.columns
      where table_schema = 'journal' and table_name = 'entry' and column_name = ${column}`.execute(ctx.db);
    assert.deepEqual(rows, [{ is_nullable: "NO" }]);
  }
});

test("10.2: a purpose that the text does not name is refused, whatever was agreed to", async () => {
  const { subject } = await scene.enrol({ ticked: ["8.3", "8.4", "8.5", "8.8", "8.9"] });
  for (const purpose of ["8.11", "8", "9", "marketing", ""]) {
    assert.deepEqual(await askDatabase(ctx, { subject, purpose, operation: "use", categories: [] }), {
      outcome: "refused",
      reason: "unknown-purpose",
      clause: "10.2",
      opened: false,
    });
  }
});

test("10.3: data given for one purpose is refused for every other", async () => {
  const { subject } = await scene.enrol({ ticked: [] });
  for (const purpose of purposeIds)
    assert.equal(await tryUse(ctx, subject, purpose), purpose === "8.2" ? "done" : "no-consent");
});

test("10.3: an operation that the purpose does not list is refused, though the person agreed to the purpose", async () => {
  const { subject } = await scene.enrol({ ticked: ["8.4"] });
  const listed: readonly string[] = ctx.policy.purposes["8.4"].operations;
  for (const operation of allOperations) {
    const answer = await askDatabase(ctx, { subject, purpose: "8.4", operation, categories: ["email"] });
    const expected = listed.includes(operation)
      ? ["done", null, "8.4", true]
      : ["refused", "operation-not-listed", "10.3", false];
    assert.deepEqual([answer.outcome, answer.reason, answer.clause, answer.opened], expected, operation);
  }
});

test("10.4: a kind of data that the purpose does not list is refused, though the person agreed to the purpose", async () => {
  const { subject } = await scene.enrol({ ticked: ["8.4"] });
  const listed: readonly string[] = ctx.policy.purposes["8.4"].categories;
  for (const category of [...Object.keys(ctx.policy.categories), "passport"]) {
    const answer = await askDatabase(ctx, {
      subject,
      purpose: "8.4",
      operation: "use",
      categories: ["email", category],
    });
    const expected = listed.includes(category)
      ? ["done", null, true]
      : ["refused", "category-not-listed", false];
    assert.deepEqual([answer.outcome, answer.reason, answer.opened], expected, category);
  }
});

test("10.4: a form takes nothing that the purpose it serves does not list", () => {
  for (const form of formIds) {
    const { fields, purpose } = ctx.policy.forms[form];
    const listed: readonly string[] = ctx.policy.purposes[purpose].categories;
    assert.deepEqual(
      fields.filter(({ category }) => !listed.includes(category)),
      [],
      form,
    );
  }
});

test("10.4: opening the data gives the kinds asked for and no more", async () => {
  const { subject, phone } = await scene.enrol({ ticked: [] });
  const use = {
    subject,
    purpose: "8.2",
    operation: "use",
    categories: ["phone"],
    actor: { kind: "system" },
  } as const;
  const opened = await ctx.gate.use(use, ({ latest, values }) => ({
    latest,
    kinds: values.map(({ category }) => category),
  }));
  assert.deepEqual(opened, { kind: "done", value: { latest: { phone }, kinds: ["phone"] } });
});

test("10.5: what a form does not ask for is not taken, be it a kind of data that the policy knows", async () => {
  const fields = {
    surname: "Тестов",
    firstName: "Айбек",
    phone: "0555000110",
    email: "aibek.ten@example.kg",
    userId: "7",
  };
  for (const form of formIds) {
    const outcome = await submitEnquiry(ctx, { form, language: "ru", fields, ticked: [], declared: true });
    assert.ok(outcome.kind === "refused" && outcome.reason === "category-not-taken", form);
  }
});

test("10.5: nothing is kept of a field that may be left empty, and was", async () => {
  const fields = { surname: "Тестов", firstName: "Айбек", phone: "0555000111", email: "" };
  const sent = await submitEnquiry(ctx, {
    form: "consultation",
    language: "ru",
    fields,
    ticked: [],
    declared: true,
  });
  assert.ok(sent.kind === "accepted");
  const { rows } = await sql<{ category: string }>`select attribute.category from vault.attribute attribute
    join enquiries.enquiry enquiry on enquiry.enquiry_id = attribute.record_id
    where enquiry.number = ${sent.number} order by 1`.execute(ctx.db);
  assert.deepEqual(
    rows.map(({ category }) => category),
    ["firstName", "phone", "surname"],
  );
});

test("10.6: a phone or an address that cannot be right is not taken; one that can is kept in one exact spelling", () => {
  const { order } = ctx.policy.forms;
  const read = (phone: string, email: string) =>
    readFields(order, { surname: "Тестов", firstName: "Айбек", phone, email }, true);
  for (const [phone, email, field] of [
    ["112", "aibek@example.kg", "phone"],
    ["0555 12", "aibek@example.kg", "phone"],
    ["0555000112", "aibek@", "email"],
    ["0555000112", "aibek example.kg", "email"],
  ] as const) {
    const reading = read(phone, email);
    assert.ok(
      reading.kind === "invalid" && reading.faults.some((fault) => fault.field === field),
      `${phone} ${email}`,
    );
  }
  for (const phone of ["0555 000 112", "+996 (555) 00-01-12", "996555000112"]) {
    const reading = read(phone, " aibek@example.kg ");
    assert.ok(reading.kind === "read");
    assert.equal(reading.values.find(({ category }) => category === "phone")?.value, "+996555000112");
  }
});
