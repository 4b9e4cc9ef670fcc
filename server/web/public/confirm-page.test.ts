import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestContext, type TestContext } from "../../../test-kit/context.ts";
import { enrol, newAddress, secretIn, subjectLines, writeLetter } from "../../../test-kit/correspondence.ts";
import { WebVisitor } from "../../../test-kit/web-visitor.ts";
import type { OutgoingLetter } from "../../letters/mailer.ts";
import { receiveLetter } from "../../requests/receive-letter.ts";
import { createApp } from "../app.ts";
import type { Language } from "../../language/language.ts";

let kit: TestContext;
let visitor: WebVisitor;
const letters: OutgoingLetter[] = [];
before(async () => {
  const send = (letter: OutgoingLetter) => {
    letters.push(letter);
    return Promise.resolve({ kind: "sent" } as const);
  };
  kit = await createTestContext({ mailer: { send } });
  visitor = new WebVisitor(createApp(kit.ctx), kit.ctx.config.origin);
});
after(() => kit[Symbol.asyncDispose]());

/** Somebody enrols, writes the policy's letter, and gets a link. */
async function askToStop(language: Language = "ru"): Promise<{ subject: string; link: string }> {
  const from = newAddress();
  const subject = await enrol(kit.ctx, from, language);
  const line = language === "ky" ? subjectLines.stopKy : subjectLines.stopRu;
  await receiveLetter(kit.ctx, { raw: writeLetter({ from, line, text: from }) });
  await kit.runJobs();
  const letter = letters.findLast(({ to, text }) => to === from && text.includes("/confirm/"));
  return { subject, link: `/${language}/confirm/${secretIn(letter?.text ?? "")}` };
}

async function stateOf(subject: string): Promise<string | undefined> {
  const { db } = kit.ctx;
  const found = await db.selectFrom("vault.subject").select("state").where("subject_id", "=", subject).execute();
  return found[0]?.state;
}

test("opening the link changes nothing, however often a mail program does it; pressing stops at once", async () => {
  const { subject, link } = await askToStop();
  for (let opened = 0; opened < 3; opened += 1) {
    const answer = await visitor.get(link);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /Да, прекратить и уничтожить/);
  }
  assert.equal(await stateOf(subject), "active");
  const pressed = await visitor.post(link);
  assert.equal(pressed.status, 303);
  assert.equal(pressed.headers.get("location"), link);
  assert.equal(await stateOf(subject), "stopped");
  const after = await (await visitor.get(link)).text();
  assert.match(after, /Обработка прекращена/);
  assert.doesNotMatch(after, /<form/);
});

test("once everything is gone, the same link says so", async () => {
  const { subject, link } = await askToStop("ky");
  await visitor.post(link);
  await kit.runJobs();
  assert.equal(await stateOf(subject), "erased");
  const page = await (await visitor.get(link)).text();
  assert.match(page, /Маалыматтарыңыз жок кылынды/);
});

test("a link pressed twice stops once, and the second press finds it done", async () => {
  const { link } = await askToStop();
  const answers = await Promise.all([visitor.post(link), visitor.post(link)]);
  assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
  assert.match(await (await visitor.get(link)).text(), /Обработка прекращена/);
});

test("an expired link confirms nothing and says how to get another", async () => {
  const { subject, link } = await askToStop();
  kit.advance({ days: 8 });
  assert.equal((await visitor.post(link)).status, 303);
  const answer = await visitor.get(link);
  assert.equal(answer.status, 410);
  assert.match(await answer.text(), /Срок ссылки истёк.*softskills@lerna\.kg.*Прекратить обработку персональных данных/s);
  assert.equal(await stateOf(subject), "active");
});

test("a link that was never sent leads to a page that says what to do", async () => {
  for (const secret of ["x", "a".repeat(43), "%F0%9F%91%8B", "..%2f"]) {
    assert.equal((await visitor.post(`/en/confirm/${secret}`)).status, 303);
    const answer = await visitor.get(`/en/confirm/${secret}`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /There is no such link/);
  }
});
