import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { submitEnquiry } from "../server/enquiries/submit-enquiry.ts";
import { runErasure } from "../server/erasure/run-erasure.ts";
import { targets } from "../server/erasure/targets.ts";
import { createSmtpMailer } from "../server/letters/smtp-mailer.ts";
import { openFromCabinet } from "../server/requests/open-from-cabinet.ts";
import { findSubject } from "../server/vault/find-subject.ts";
import { createTestContext, type TestContext } from "../test-kit/context.ts";
import { type MailServer, startMailServer } from "../test-kit/mail-server.ts";

let mail: MailServer;
let scene: TestContext;
before(async () => {
  mail = await startMailServer();
  const mailer = createSmtpMailer({ url: mail.url, from: "school@example.kg", fromName: "Школа" });
  scene = await createTestContext({ mailer });
});
after(async () => {
  await scene[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

const moments = ["tell", ...targets.map((target) => target.name)]
  .flatMap((name) => [`before ${name}`, `after ${name}`])
  .concat("after finish");

for (const [index, moment] of moments.entries()) {
  test(`an erasure killed ${moment} is finished by the next start, once`, async () => {
    const email = `aibek-${index}@example.org`;
    const subject = await aPersonWhoDemandsErasure(email);
    assert.equal(await goOnAndDie(subject, moment), "SIGKILL", "the process died where it was told to");

    await scene.runJobs();
    await runErasure(scene.ctx, { subject });

    assert.deepEqual(await leftBehind(subject), expectedTombstone);
    const lastLetters = mail.letters.filter((letter) => letter.to === email && letter.line === lastLine());
    assert.equal(lastLetters.length, 1, "the person is told once");
    assert.deepEqual(await runErasure(scene.ctx, { subject }), { kind: "nothing-to-do" });
  });
}

test("the journal says once for each erasure that data was destroyed, and about nobody", async () => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from journal.entry where operation = 'destruction'`.execute(scene.ctx.db);
  assert.equal(rows[0]?.count, moments.length);
  const about = await scene.ctx.db.selectFrom("journal.about").select("sealed").execute();
  assert.deepEqual(about, []);
});

/** What may stay of somebody erased: rows that hold no personal data and open nothing. */
const expectedTombstone = ["erasure.plan", "erasure.step", "requests.request", "vault.subject"];

async function aPersonWhoDemandsErasure(email: string): Promise<string> {
  const { ctx } = scene;
  const fields = { surname: "Тестов", firstName: "Айбек", phone: "0555000111", email };
  const outcome = await submitEnquiry(ctx, { form: "enrol", language: "ru", fields, ticked: ["8.4"], declared: true });
  assert.equal(outcome.kind, "accepted");
  await scene.runJobs();
  const subject = await findSubject(ctx, "email", email);
  assert.ok(subject);
  assert.equal((await openFromCabinet(ctx, { subject, kind: "destruction", language: "ru" })).kind, "opened");
  return subject;
}

async function goOnAndDie(subject: string, moment: string): Promise<NodeJS.Signals | null> {
  const program = fileURLToPath(new URL("erase-and-die.ts", import.meta.url));
  const loader = new URL("../server/web/jsx-loader.mjs", import.meta.url).href;
  const args = ["--import", loader, program, JSON.stringify(scene.reopen), mail.url, subject, moment];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const [, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return signal;
}

/** The tables that still hold a row of the subject; the keys are counted by the database's owner alone. */
async function leftBehind(subject: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.columns
    where column_name = 'subject_id' and table_schema not in ('pgboss') order by 1`.execute(scene.ctx.db);
  const names = rows.map((row) => row.name).filter((name) => name !== "vault.subject_key");
  assert.ok(names.length > 10, "every table of subjects is looked at");
  const found: string[] = [];
  for (const name of names) {
    const rowsThere = await sql`select from ${sql.table(name)} where subject_id = ${subject} limit 1`.execute(scene.ctx.db);
    if (rowsThere.rows.length > 0) found.push(name);
  }
  return found;
}

function lastLine(): string {
  const last = mail.letters.at(-1);
  assert.ok(last);
  return last.line;
}
