import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import {
  becomeAdministrator,
  codeFor,
  confirmationPath,
  demandStop,
  sendForm,
  typed,
  visit,
  writeToCompany,
} from "../test-kit/journey.ts";
import { searchServer } from "../test-kit/leaks-of-server.ts";
import { type MailServer, startMailServer } from "../test-kit/mail-server.ts";
import { markPerson } from "../test-kit/marked-person.ts";
import { type RunningServer, startServer } from "../test-kit/running-server.ts";
import type { WebVisitor } from "../test-kit/web-visitor.ts";

/**
 * The main story is searched in `e2e/`; here everything goes wrong that can, since faults are where data
 * slips into logs. Each test does what it says and then looks through files, tables and output.
 */
const known = markPerson("ru", 41);
const kyrgyz = markPerson("ky", 42);
const stranger = markPerson("en", 43);
const everybody = [known, kyrgyz, stranger];

let mail: MailServer;
let server: RunningServer;
let staff: WebVisitor;
before(async () => {
  mail = await startMailServer();
  server = await startServer({ SMTP_URL: mail.url });
  staff = await becomeAdministrator(server);
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
  await mail?.[Symbol.asyncDispose]();
});

async function nothingLeaked(): Promise<void> {
  for (const { marks } of everybody) assert.deepEqual((await searchServer(server, marks)).leaks, []);
}

test("people who are taken in, with and without an address, leave nothing to read", async () => {
  await sendForm(server, known);
  await sendForm(server, kyrgyz, "order");
  const phoneOnly = { ...typed(stranger), email: "" };
  const answer = await visit(server).post("/en/forms/consultation", { ...phoneOnly, declared: "yes" });
  assert.equal(answer.status, 303);
  await mail.waitForLetter(kyrgyz.email);
  await nothingLeaked();
});

test("forms that are refused leave nothing", async () => {
  const fields = typed(stranger);
  const statusOf = async (changed: Readonly<Record<string, string>>) =>
    (await visit(server).post("/ru/forms/enrol", { ...fields, declared: "yes", ...changed })).status;
  const { surname, phone, email } = stranger;
  assert.equal(await statusOf({ declared: "" }), 400);
  assert.equal(await statusOf({ phone: `${phone}999` }), 422);
  assert.equal(await statusOf({ email: surname }), 422);
  assert.equal(await statusOf({ surname: surname.repeat(90_000) }), 422);
  assert.equal(await statusOf({ surname: surname.repeat(200_000) }), 413);
  assert.equal(await statusOf({ [email]: email }), 400, "a field that the form does not have");
  assert.equal(await statusOf({ surname: `${surname}\0` }), 400);
  await nothingLeaked();
});

test("bodies that cannot be read, and addresses with somebody's name in them, leave nothing", async () => {
  const send = async (path: string, type: string, body: string | Buffer, origin = server.origin) => {
    const headers = { "content-type": type, origin };
    return (await fetch(`${server.origin}${path}`, { method: "POST", headers, body })).status;
  };
  const asForm = "application/x-www-form-urlencoded";
  const json = JSON.stringify(typed(known));
  const query = new URLSearchParams(typed(known)).toString();
  const inWindows1251 = Buffer.from("surname=%CF%F0%EE%F2%EE%EF%F2%E0%ED%EE%E2%E0&declared=yes");
  assert.equal(await send("/ru/forms/enrol", "application/json", json), 415);
  assert.equal(await send("/ru/forms/enrol", asForm, inWindows1251), 400);
  assert.equal(await send("/ru/forms/enrol", asForm, query, "https://example.org"), 403);
  assert.equal(await send(`/ru/forms/${encodeURIComponent(known.surname)}`, asForm, ""), 404);
  assert.equal((await fetch(`${server.origin}/ru/forms/enrol?${query}`)).status, 200);
  assert.equal((await fetch(`${server.origin}/ru/confirm/${encodeURIComponent(known.email)}`)).status, 404);
  await nothingLeaked();
});

test("sign-ins, wrong ones too, leave nothing", async () => {
  const person = visit(server);
  const codeOf = (code: string) => person.post("/ru/cabinet/code", { code });
  const askFor = (email: string) => person.post("/ru/cabinet/sign-in", { email });
  assert.equal((await askFor(stranger.email)).status, 303, "an address that nobody has");
  assert.equal((await askFor(known.surname)).status, 422);
  assert.equal((await askFor(known.email)).status, 303);
  assert.equal((await codeOf(known.phone)).status, 422);
  assert.equal((await codeOf("000000")).status, 422);
  assert.equal((await codeOf(await codeFor(mail, known))).status, 303);
  const data = await (await person.get("/ru/cabinet")).text();
  assert.ok(data.includes(known.surname));
  const login = { login: known.email, password: known.surname };
  assert.equal((await visit(server).post("/ru/console/sign-in", login)).status, 401);
  await nothingLeaked();
});

test("letters leave nothing: a stranger's, one about nothing, one from nobody, one too large", async () => {
  const from = `"${stranger.firstName} ${stranger.surname}" <${stranger.email}>`;
  const text = `${known.surname} ${known.phone} ${known.email}`;
  await demandStop(server, stranger);
  await confirmationPath(mail, stranger);
  await writeToCompany(server, { from, line: `Вопрос от ${known.surname}`, text });
  await writeToCompany(server, { from: "nobody", line: known.email, text });
  const large = writeToCompany(server, { from, line: "Много", text: `${text}\n`.repeat(500_000) });
  await assert.rejects(large, { responseCode: 552 });
  await outputMatches(/"event":"letter-refused","reason":"too-large"/);
  await nothingLeaked();
});

test("letters that the mail server refuses leave nothing, nor does reading one in the console", async () => {
  mail.refuse({ code: 451, at: "recipient" });
  await demandStop(server, kyrgyz);
  await outputMatches(/"event":"letter-waits","kind":"confirm-request"/);
  mail.refuse({ code: 550, at: "recipient" });
  await visit(server).post("/ky/cabinet/sign-in", { email: kyrgyz.email });
  await outputMatches(/"event":"letter-waits","kind":"sign-in-code"/);
  const list = await (await staff.get("/ru/console/letters")).text();
  const [, path = ""] = /action="(\/ru\/console\/letters\/[^"]+)"/.exec(list) ?? [];
  const letter = await (await staff.post(path)).text();
  assert.ok(letter.includes(kyrgyz.email), "the letter was really opened");
  mail.accept();
  await nothingLeaked();
});

test("what staff open and what the gate refuses leaves nothing", async () => {
  const reveal = (fields: Readonly<Record<string, string>>) => staff.post("/ru/console/enquiries/1", fields);
  const opened = await reveal({ purpose: "8.2", category: "surname" });
  assert.ok((await opened.text()).includes(known.surname), "the field was really opened");
  assert.equal((await reveal({ purpose: "8.5", category: "email" })).status, 403, "not agreed to");
  assert.equal((await reveal({ purpose: known.surname, category: known.email })).status, 422);
  await nothingLeaked();
});

test("faults of ours leave nothing: a table that is gone while people write", async () => {
  await using database = await server.openDatabase();
  const { db } = database;
  await sql`alter table vault.attribute rename to gone`.execute(db);
  try {
    const answer = await visit(server).post("/ru/forms/enrol", { ...typed(stranger), declared: "yes" });
    assert.equal(answer.status, 500);
    await assert.rejects(demandStop(server, stranger), { responseCode: 451 });
  } finally {
    await sql`alter table vault.gone rename to attribute`.execute(db);
  }
  await outputMatches(/"event":"request-failed","route":"[^"]+","code":"42P01"/);
  await nothingLeaked();
});

test("after their erasure nothing of them is left either", async () => {
  for (const person of [known, stranger]) {
    if (person === known) await demandStop(server, person);
    const path = await confirmationPath(mail, person);
    assert.equal((await visit(server).post(path)).status, 303);
  }
  await outputMatches(/"event":"erasure-finished"[^]*"event":"erasure-finished"/);
  await nothingLeaked();
});

test("the search looks into every table and file, and finds one row that is not sealed", async () => {
  await using database = await server.openDatabase();
  await sql`create table public.planted as select ${known.surname}::text as surname`.execute(database.db);
  const { leaks, files, tables } = await searchServer(server, known.marks);
  const places = leaks.map(({ place }) => place);
  assert.ok(places.includes("the table public.planted"));
  assert.ok(places.some((place) => /\/base\/\d+\/\d+$/.test(place)), "in the file of the table");
  assert.ok(places.some((place) => place.includes("/pg_wal/")), "in the write-ahead log");
  assert.ok(files.some((file) => file.endsWith("/postgres.log")));
  assert.ok(files.some((file) => file.endsWith("/connection.json")));
  for (const table of ["vault.attribute", "letters.incoming", "letters.outgoing", "journal.entry"]) {
    assert.ok(tables.includes(table), `${table} of ${tables.join(", ")}`);
  }
  assert.ok(tables.some((table) => table.startsWith("pgboss.job")));
});

/** Waits until the server has written this. */
async function outputMatches(pattern: RegExp): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!pattern.test(server.output())) {
    assert.ok(performance.now() < deadline, `not written: ${pattern.source}\n${server.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
