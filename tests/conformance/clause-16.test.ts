import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { findClause } from "../../policy/language/policy-text.ts";
import { readMyData } from "../../server/access/my-data.ts";
import { readMyHistory } from "../../server/access/my-history.ts";
import { readMyRequests } from "../../server/access/my-requests.ts";
import { readMyConsents } from "../../server/consent/my-consents.ts";
import type { Context } from "../../server/context.ts";
import { openFromCabinet } from "../../server/requests/open-from-cabinet.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { findRequest } from "../../server/requests/register.ts";
import { summariseRequests } from "../../server/requests/summarise-requests.ts";
import { languages } from "../../server/language/language.ts";
import { newAddress, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import { createScene, journalOf, type Person, type Scene, wordsOf } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

type Table = "vault.attribute" | "enquiries.enquiry" | "requests.request" | "journal.about";

async function countRows(table: Table, { subject }: Person): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table)} where subject_id = ${subject}`.execute(ctx.db);
  return rows[0]?.count ?? 0;
}

/** Two forms, a letter and a look: somebody about whom something of every kind is stored. */
async function somebodyKnown(language: "ru" | "ky" | "en" = "ru"): Promise<Person> {
  const person = await scene.enrol({ language, ticked: ["8.4"] });
  await scene.sendAgain({ ...person, phone: "+996555160160", surname: "Прежняя" }, "order");
  await receiveLetter(ctx, { raw: writeLetter({ from: person.email, line: "Вопрос" }) });
  return person;
}

test("16, first paragraph: what the cabinet shows is all that is stored: every value, enquiry, consent, request and use", async () => {
  const person = await somebodyKnown();
  const { subject } = person;
  const read = await readMyData(ctx, subject);
  assert.ok(read.kind === "done");
  const { values, enquiries, letters } = read.value;
  assert.equal(values.length, await countRows("vault.attribute", person));
  assert.deepEqual(
    values.map(({ category, value }) => [category, value]),
    [
      ["surname", "Тестов"],
      ["firstName", "Айбек"],
      ["phone", person.phone],
      ["email", person.email],
      ["surname", "Прежняя"],
      ["firstName", "Айбек"],
      ["phone", "+996555160160"],
      ["email", person.email],
    ],
  );
  assert.equal(enquiries.length, await countRows("enquiries.enquiry", person));
  assert.deepEqual(letters.map(({ way }) => way).toSorted(), ["from-me", "to-me", "to-me"]);
  assert.equal((await readMyRequests(ctx, subject)).length, await countRows("requests.request", person));
  const consents = await readMyConsents(ctx, subject);
  assert.deepEqual(
    consents.map(({ purpose }) => purpose),
    ["8.2", "8.3", "8.4", "8.5", "8.8", "8.9"],
  );
  const history = await readMyHistory(ctx, { subject });
  assert.equal(history.entries.length, await countRows("journal.about", person));
});

for (const language of languages) {
  test(`16, first paragraph: the person reads all of it in the cabinet in ${language}, with purposes and clauses`, async () => {
    const person = await somebodyKnown(language);
    const visitor = await scene.signIn(person, language);
    const data = await wordsOf(visitor.get(`/${language}/cabinet`));
    for (const value of [
      person.surname,
      person.firstName,
      person.phone,
      person.email,
      "+996555160160",
      "Прежняя",
    ]) {
      assert.ok(data.includes(value), value);
    }
    const consents = await wordsOf(visitor.get(`/${language}/cabinet/consents`));
    for (const purpose of ["8.2", "8.3", "8.4", "8.5", "8.8", "8.9"] as const) {
      assert.ok(consents.includes(ctx.policy.purposes[purpose].title[language]), purpose);
    }
    assert.equal((await visitor.get(`/${language}/cabinet/history`)).status, 200);
    assert.equal((await visitor.get(`/${language}/cabinet/requests`)).status, 200);
  });
}

test("16, first paragraph: looking at one's own data needs no purpose, and is journaled as this right", async () => {
  const person = await scene.enrol();
  const visitor = await scene.signIn(person);
  await visitor.get("/ru/cabinet");
  const entry = (await journalOf(ctx, person.subject)).at(-1);
  assert.deepEqual(
    [entry?.operation, entry?.purpose, entry?.basis, entry?.clause, entry?.actor],
    ["extraction", "16-1", "duty", "16", "subject"],
  );
});

test("16, first paragraph: a person whose data is blocked may still look at it until it is destroyed", async () => {
  const person = await scene.enrol();
  const visitor = await scene.signIn(person);
  await openFromCabinet(ctx, { subject: person.subject, kind: "stop", language: "ru" });
  assert.ok((await wordsOf(visitor.get("/ru/cabinet"))).includes(person.phone));
});

test("16, first paragraph: nobody sees anybody else's data", async () => {
  const [person, other] = [await scene.enrol(), await scene.enrol()];
  const visitor = await scene.signIn(other);
  for (const page of ["", "/consents", "/history", "/requests"]) {
    const html = await (await visitor.get(`/ru/cabinet${page}`)).text();
    for (const value of [person.phone, person.email, person.subject]) assert.ok(!html.includes(value), page);
  }
});

test("16, first paragraph: it is free of charge: there is no place in the database where a fee could be kept", async () => {
  const { rows } = await sql<{ place: string }>`
    select table_schema || '.' || table_name || '.' || column_name as place from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema')
      and column_name ~ '(fee|price|amount|cost|payment|paid|invoice|currency)'`.execute(ctx.db);
  assert.deepEqual(rows, []);
});

test("16, second paragraph: the limit is the seven working days of the text", () => {
  assert.deepEqual(ctx.policy.requests.rectification.limit, { workingDays: 7 });
  assert.match(
    findClause(ctx.texts.ru.text, "16")?.paragraphs[1]?.text ?? "",
    /не превышающий 7 \(семь\) рабочих дней/,
  );
  assert.match(findClause(ctx.texts.ky.text, "16")?.paragraphs[1]?.text ?? "", /7 \(жети\) жумушчу күн/);
});

const vectors = [
  // After the May holidays.
  ["2026-04-30T10:00:00+06:00", "2026-05-19"],
  // 23 February is a working day since 2025: a day later would be a breach.
  ["2026-02-17T10:00:00+06:00", "2026-02-26"],
  // The last second of the day in Bishkek, when it is still afternoon in UTC, and the first of the next.
  ["2026-02-17T23:59:59+06:00", "2026-02-26"],
  ["2026-02-18T00:00:00+06:00", "2026-02-27"],
] as const;

for (const [received, due] of vectors) {
  test(`16, second paragraph: a demand to correct data received at ${received} is due on ${due}`, async () => {
    scene.moveTo(received);
    for (const line of [subjectLines.rectifyRu, subjectLines.rectifyKy]) {
      const taken = await receiveLetter(ctx, { raw: writeLetter({ from: newAddress(), line }) });
      assert.ok(taken.kind === "opened");
      const request = await findRequest(ctx, taken.request.number);
      assert.deepEqual(
        [request?.kind, request?.state, request?.dueOn.toString()],
        ["rectification", "staff", due],
      );
    }
  });
}

test("16, second paragraph: on the last day the demand is not late yet; on the next day it is, and is counted so", async () => {
  scene.moveTo("2027-06-01T10:00:00+06:00");
  const before = await summariseRequests(ctx);
  const taken = await receiveLetter(ctx, {
    raw: writeLetter({ from: newAddress(), line: subjectLines.rectifyRu }),
  });
  assert.ok(taken.kind === "opened");
  const due = taken.request.dueOn;
  scene.moveTo(
    due.toZonedDateTime({ timeZone: "Asia/Bishkek", plainTime: "23:59:59" }).toInstant().toString(),
  );
  const others = (await summariseRequests(ctx)).overdue;
  scene.kit.advance({ seconds: 1 });
  const after = await summariseRequests(ctx);
  assert.deepEqual([after.open - before.open, after.overdue - others], [1, 1]);
});
