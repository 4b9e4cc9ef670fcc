import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { sql } from "kysely";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { enrol, newAddress, secretIn, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import { type MailServer, startMailServer } from "../../test-kit/mail-server.ts";
import type { Context } from "../context.ts";
import { connect } from "../database/connect.ts";
import { readLivePurposes } from "../journal/consent-events.ts";
import { createSmtpMailer } from "../letters/smtp-mailer.ts";
import { confirmRequest, findConfirmation } from "./confirm-request.ts";
import { openFromCabinet } from "./open-from-cabinet.ts";
import { receiveLetter } from "./receive-letter.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

let server: MailServer;
let scene: TestContext;
let ctx: Context;
before(async () => {
  server = await startMailServer();
  const mailer = createSmtpMailer({ url: server.url, from: "softskills@lerna.kg", fromName: "Школа" });
  scene = await createTestContext({ mailer });
  ctx = scene.ctx;
});
after(async () => {
  await scene[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

let email: string;
let subject: string;
let secret: string;
beforeEach(async () => {
  email = newAddress();
  subject = await enrol(ctx, email);
  secret = await demand();
});

/** The person demands by letter that processing stop; returns the secret of the link they get. */
async function demand(): Promise<string> {
  await receiveLetter(ctx, { raw: writeLetter({ from: email, line: subjectLines.stopRu }) });
  await scene.runJobs();
  const letter = server.letters.findLast(({ to, text }) => to === email && text.includes("/confirm/"));
  return secretIn(letter?.text ?? "");
}

async function stateOf(): Promise<string> {
  const row = await ctx.db
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", subject)
    .executeTakeFirstOrThrow();
  return row.state;
}

test("looking at a link changes nothing and names nobody", async () => {
  for (let times = 0; times < 3; times++) {
    const found = await findConfirmation(ctx, secret);
    assert.ok(found.kind === "waiting");
    assert.equal(found.linkUntil.toString(), ctx.now().add({ hours: 7 * 24 }).toString());
    assert.doesNotMatch(JSON.stringify(found), new RegExp(`${email}|${subject}|Тестов`));
  }
  assert.equal(await stateOf(), "active");
});

test("pressing the button stops every purpose at once, and the data goes", async () => {
  assert.deepEqual(await confirmRequest(ctx, secret), { kind: "confirmed" });
  assert.equal(await stateOf(), "stopped");
  assert.deepEqual(await readLivePurposes(ctx.db, subject), []);
  const use = await ctx.gate.use(
    { subject, purpose: "8.2", operation: "use", categories: ["phone"], actor: { kind: "system" } },
    () => assert.fail("the gate opened"),
  );
  assert.ok(use.kind === "refused" && use.reason === "stopped");
  const found = await findConfirmation(ctx, secret);
  assert.ok(found.kind === "used" && found.status.state === "erasing");

  await scene.runJobs();
  assert.equal(await stateOf(), "erased");
  const last = server.letters.findLast(({ to }) => to === email);
  assert.match(last?.line ?? "", /последнее письмо/);
  const closed = await findConfirmation(ctx, secret);
  assert.ok(closed.kind === "used");
  assert.deepEqual(
    [closed.status.state, closed.status.outcome, closed.status.closedAt?.toString()],
    ["closed", "destroyed", ctx.now().toString()],
  );
});

test("a link works once", async () => {
  assert.deepEqual(await confirmRequest(ctx, secret), { kind: "confirmed" });
  assert.deepEqual(await confirmRequest(ctx, secret), { kind: "used" });
  await scene.runJobs();
  assert.deepEqual(await confirmRequest(ctx, secret), { kind: "used" });
});

test("of ten presses at once one confirms and the others find the link used", async () => {
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => confirmRequest(ctx, secret)));
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ["confirmed", ...Array(9).fill("used")]);
  const entries = await entriesAbout(ctx, subject, ["operation", "purpose"]);
  const stops = entries.filter(({ operation, purpose }) => operation === "blocking" && purpose === "17");
  assert.equal(stops.length, 1, "the stop is journaled once");
});

test("of two links for one demand either works, and then the other is used", async () => {
  const second = await demand();
  assert.notEqual(second, secret);
  const outcomes = await Promise.all([confirmRequest(ctx, secret), confirmRequest(ctx, second)]);
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ["confirmed", "used"]);
  assert.equal((await findConfirmation(ctx, secret)).kind, "used");
  assert.equal((await findConfirmation(ctx, second)).kind, "used");
});

test("a link works until its last second and not after it, and nothing has changed then", async () => {
  scene.advance({ hours: 7 * 24 - 1, minutes: 59, seconds: 59 });
  assert.equal((await findConfirmation(ctx, secret)).kind, "waiting");
  scene.advance({ seconds: 1 });
  assert.equal((await findConfirmation(ctx, secret)).kind, "expired");
  assert.deepEqual(await confirmRequest(ctx, secret), { kind: "expired" });
  assert.equal(await stateOf(), "active");
  assert.equal((await findConfirmation(ctx, await demand())).kind, "waiting", "a new letter brings a new link");
});

test("a secret that nobody was given confirms nothing", async () => {
  for (const guess of ["", "x", secret.slice(0, -1), `${secret}=`, secret.toLowerCase(), "\0", "ы".repeat(43)]) {
    assert.deepEqual(await confirmRequest(ctx, guess), { kind: "unknown" });
    assert.deepEqual(await findConfirmation(ctx, guess), { kind: "unknown" });
  }
  assert.equal(await stateOf(), "active");
});

test("a link that a deletion in the cabinet has made needless says so, and repeats nothing", async () => {
  const opened = await openFromCabinet(ctx, { subject, kind: "destruction", language: "ru" });
  assert.ok(opened.kind === "opened");
  await scene.runJobs();
  assert.equal(await stateOf(), "erased");
  const found = await findConfirmation(ctx, secret);
  assert.ok(found.kind === "used" && found.status.outcome === "superseded");
  assert.deepEqual(await confirmRequest(ctx, secret), { kind: "used" });
});

test("the secret of a link and the address are nowhere in the database, the queue included", async () => {
  await using owner = connect(scene.database.ownerAddress, { name: "search", max: 1 });
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(owner.db);
  assert.ok(tables.length > 20);
  const marks = [secret, email].flatMap((mark) => [mark, Buffer.from(mark).toString("hex")]);
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(owner.db);
    for (const { row } of rows) assert.ok(!marks.some((mark) => row.includes(mark)), `found in ${name}`);
  }
});
