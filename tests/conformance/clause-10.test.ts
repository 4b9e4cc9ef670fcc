import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Kysely, sql } from "kysely";
import { operations, transfers } from "../../policy/language/operations.ts";
import { type ConsentEventKind, consentEventKinds } from "../../policy/rules/consent-state.ts";
import {
  decideUse,
  type SubjectState,
  type UseFacts,
  type UseRequest,
} from "../../policy/rules/decide-use.ts";
import type { Context } from "../../server/context.ts";
import { connect } from "../../server/database/connect.ts";
import type { Database } from "../../server/database/schema-types.ts";
import { readFields } from "../../server/enquiries/read-fields.ts";
import { submitEnquiry } from "../../server/enquiries/submit-enquiry.ts";
import { appendConsentEvents } from "../../server/journal/consent-events.ts";
import { newSubject } from "../../server/vault/new-subject.ts";
import { storeSubject } from "../../server/vault/store-subject.ts";
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

/** What the company owes the person, if anything: an open request, a destruction, the letter with a code they asked for. */
const debts = ["nothing", "request", "erasure", "code", "spent code"] as const;
type Debt = (typeof debts)[number];

test("10.1–10.5: in every case the database decides as the rules of the policy do, before it gives a key away", async () => {
  await using owner = connect(scene.kit.database.ownerAddress, { name: "cases", max: 1 });
  const subjects = new Map<string, UseFacts & { readonly debt: Debt }>();
  for (const consent of [...consentEventKinds, "never-asked"] as const) {
    for (const subject of ["active", "stopped", "erased"] as const satisfies SubjectState[]) {
      for (const debt of debts) {
        const id = await makeSubject(owner.db, { consent, subject, debt });
        subjects.set(id, { consent, subject, owed: debt !== "nothing" && debt !== "spent code", debt });
      }
    }
  }
  subjects.set(ctx.newId(), { consent: "never-asked", subject: "unknown", owed: false, debt: "nothing" });

  const grounds = [...purposeIds, ...Object.keys(ctx.policy.duties), "8.11"];
  const cases = [...subjects].flatMap(([subject, facts]) =>
    grounds.flatMap((purpose) =>
      (["subject", "system"] as const).flatMap((actor) =>
        ["use", "destruction"].flatMap((operation) =>
          [["email"], ["email", "letter"]].map((categories) => ({
            subject,
            facts,
            purpose,
            actor,
            operation,
            categories,
          })),
        ),
      ),
    ),
  );
  const decided = await decideAll(
    owner.db,
    cases.map((one) => ({ ...one, entry: ctx.newId() })),
  );
  let allowed = 0;
  for (const [index, { facts, actor, ...request }] of cases.entries()) {
    const rule = decideUse(ctx.policy, request, { ...facts, owed: facts.owed || actor === "subject" });
    const expected =
      rule.kind === "allowed"
        ? { outcome: "done", reason: null, clause: rule.clause, opened: true }
        : { outcome: "refused", reason: rule.reason, clause: rule.clause, opened: false };
    assert.deepEqual(decided[index], expected, JSON.stringify({ facts, actor, ...request }));
    if (rule.kind === "allowed") allowed += 1;
  }
  assert.ok(cases.length > 10_000 && allowed > 100, `${cases.length} cases, ${allowed} of them allowed`);
});

/** Somebody in the state, whose every consent has come to this, and whom the company owes something or not. */
async function makeSubject(
  db: Kysely<Database>,
  facts: {
    readonly consent: ConsentEventKind | "never-asked";
    readonly subject: SubjectState;
    readonly debt: Debt;
  },
): Promise<string> {
  const made = newSubject(ctx);
  const subject = made.subjectId;
  await storeSubject(db, made, ctx.now());
  await db
    .updateTable("vault.subject")
    .set({ state: facts.subject })
    .where("subject_id", "=", subject)
    .execute();
  // A series: what came before the last event must not matter.
  const before = facts.consent === "given" ? "withdrawn" : "given";
  if (facts.consent !== "never-asked") {
    await appendConsentEvents(db, ctx, { subject, kind: before, purposes: purposeIds });
    await appendConsentEvents(db, ctx, { subject, kind: facts.consent, purposes: purposeIds });
  }
  const day = Temporal.PlainDate.from("2026-12-23");
  if (facts.debt === "request") {
    const request: Omit<Database["requests.request"], "number"> = {
      subject_id: subject,
      request_id: ctx.newId(),
      kind: "question",
      clause: "21",
      channel: "letter",
      language: "ru",
      received_at: ctx.now(),
      due_on: day,
      state: "staff",
      outcome: null,
      confirmed_at: null,
      closed_at: null,
      closed_by: null,
    };
    await db.insertInto("requests.request").values(request).execute();
  }
  if (facts.debt === "erasure") {
    const plan = {
      subject_id: subject,
      erasure_id: ctx.newId(),
      request_id: null,
      event: "17.2",
      finished_at: null,
    } as const;
    await db
      .insertInto("erasure.plan")
      .values({ ...plan, accepted_at: ctx.now(), due_on: day, cap_on: day })
      .execute();
  }
  if (facts.debt === "code" || facts.debt === "spent code") {
    const code = {
      code_id: ctx.newId(),
      subject_id: subject,
      digest: ctx.randomBytes(32),
      created_at: ctx.now(),
    };
    const used = facts.debt === "code" ? null : ctx.now();
    await db
      .insertInto("sign_in.code")
      .values({ ...code, expires_at: ctx.now().add({ minutes: 10 }), used_at: used })
      .execute();
  }
  return subject;
}

/** The database's answers, in the order of the questions, in one statement. */
async function decideAll(
  db: Kysely<Database>,
  cases: readonly (UseRequest & {
    readonly entry: string;
    readonly subject: string;
    readonly actor: string;
  })[],
) {
  const { rows } = await sql<{ outcome: string; reason: string | null; clause: string; opened: boolean }>`
    select decided.outcome, decided.reason, decided.clause, decided.wrapped_key is not null as opened
    from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb)
        as asked (entry uuid, subject uuid, purpose text, actor text, operation text, categories text[]),
      lateral vault.open_key(asked.subject, asked.entry, ${ctx.now()}, asked.purpose, asked.operation, asked.categories,
        asked.actor, null) as decided
    order by asked.entry`.execute(db);
  return rows;
}
