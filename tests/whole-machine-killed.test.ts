import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { composeErased } from "../server/letters/compose/erased.ts";
import { confirmationPath, demandStop, lettersTo, sendForm, visit } from "../test-kit/journey.ts";
import { searchServer } from "../test-kit/leaks-of-server.ts";
import { type MailServer, startMailServer } from "../test-kit/mail-server.ts";
import { type MarkedPerson, markPerson } from "../test-kit/marked-person.ts";
import { type RunningServer, startServer } from "../test-kit/running-server.ts";

/** Its neighbour kills between any two steps of an erasure; here the power fails, at no chosen moment. */
let mail: MailServer;
let server: RunningServer;
before(async () => {
  mail = await startMailServer();
  server = await startServer({ SMTP_URL: mail.url });
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
  await mail?.[Symbol.asyncDispose]();
});

const moments = [0, 50, 150, 400];

for (const [index, milliseconds] of moments.entries()) {
  const when = milliseconds === 0 ? "at once" : `after ${milliseconds} ms`;
  test(`all is killed ${when} when a person has confirmed: the next start finishes, once`, async () => {
    const person = markPerson(index % 2 === 0 ? "ru" : "ky", 70 + index);
    const path = await aPersonWithALink(person);
    const request = await newestRequest();
    assert.equal((await visit(server).post(path)).status, 303);
    await pause(milliseconds);
    await server.killEverything();

    await server.startAgain();
    await requestClosed(request.number);
    assert.equal(await countDestructions(), index + 1);
    toldOnce(person);
    assert.deepEqual(await leftBehind(request.subject), tombstone);
    assert.deepEqual((await searchServer(server, person.marks)).leaks, []);
  });
}

test("nothing happens once more when it is started again", async () => {
  const sent = mail.letters.length;
  await server.stop();
  await server.startAgain();
  await pause(1_000);
  assert.equal(await countDestructions(), moments.length);
  assert.equal(mail.letters.length, sent);
});

/** What may stay of somebody erased: no personal data, and nothing that opens any; a link tells its state. */
const tombstone = [
  "erasure.plan",
  "erasure.step",
  "requests.confirmation",
  "requests.request",
  "vault.subject",
];

async function aPersonWithALink(person: MarkedPerson): Promise<string> {
  await sendForm(server, person);
  await mail.waitForLetter(person.email);
  await demandStop(server, person);
  return confirmationPath(mail, person);
}

/** The kill may fall between the mail server's 250 and our commit: it comes twice, and programs show one. */
function toldOnce(person: MarkedPerson): void {
  const { line } = composeErased(person.language, { on: Temporal.Now.plainDateISO(), requestNumber: "1", receipts: 0 });
  const last = lettersTo(mail, person).filter((letter) => letter.line === line);
  assert.equal(new Set(last.map(({ messageId }) => messageId)).size, 1);
}

async function newestRequest(): Promise<{ readonly number: string; readonly subject: string }> {
  await using database = await server.openDatabase();
  const request = await database.db
    .selectFrom("requests.request")
    .select(["number", "subject_id as subject"])
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return request;
}

async function requestClosed(number: string): Promise<void> {
  await using database = await server.openDatabase();
  const started = performance.now();
  for (;;) {
    const { state } = await database.db
      .selectFrom("requests.request")
      .select("state")
      .where("number", "=", number)
      .executeTakeFirstOrThrow();
    if (state === "closed") return;
    assert.ok(performance.now() - started < 120_000, `still «${state}»: ${server.output()}`);
    await pause(100);
  }
}

async function countDestructions(): Promise<number> {
  await using database = await server.openDatabase();
  const entries = await database.db
    .selectFrom("journal.entry")
    .select("entry_id")
    .where("operation", "=", "destruction")
    .execute();
  return entries.length;
}

/** The tables that still hold a row of the subject, the keys among them. */
async function leftBehind(subject: string): Promise<readonly string[]> {
  await using database = await server.openDatabase();
  const { rows } = await sql<{ name: string }>`
    select c.table_schema || '.' || c.table_name as name
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.column_name = 'subject_id' and t.table_type = 'BASE TABLE' order by 1`.execute(database.db);
  assert.ok(rows.some(({ name }) => name === "vault.subject_key"), "the superuser sees every table");
  const found: string[] = [];
  for (const { name } of rows) {
    const query = sql`select from ${sql.table(name)} where subject_id = ${subject} limit 1`;
    const held = await query.execute(database.db);
    if (held.rows.length > 0) found.push(name);
  }
  return found;
}
