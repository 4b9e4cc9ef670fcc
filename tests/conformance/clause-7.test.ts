import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findClause } from "../../policy/language/policy-text.ts";
import type { Context } from "../../server/context.ts";
import { confirmRequest } from "../../server/requests/confirm-request.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { findRequest } from "../../server/requests/register.ts";
import { newAddress, secretIn, writeLetter } from "../../test-kit/correspondence.ts";
import { createScene, type Person, type Scene, tryUse } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const lines = [
  ["ru", "Уточнить персональные данные", "rectification"],
  ["ky", "Жеке маалыматтарды тактоо", "rectification"],
  ["ru", "Прекратить обработку персональных данных", "stop"],
  ["ky", "Жеке маалыматтарды иштетүүнү токтотуу", "stop"],
] as const;

/** One line as people write it. */
const hands: Readonly<Record<string, (line: string) => string>> = {
  "as printed": (line) => line,
  "in quotes, as the policy prints it": (line) => `«${line}»`,
  "as a reply": (line) => `Re: ${line}`,
  "as a reply to a letter passed on": (line) => `RE: Fwd: "${line}".`,
  "in capitals": (line) => line.toUpperCase(),
  "in small letters, with spaces around": (line) => `  ${line.toLowerCase().replaceAll(" ", "  ")} `,
  "copied with a hard space": (line) => line.replace(" ", "\u00A0"),
};

async function receive(letter: Parameters<typeof writeLetter>[0]) {
  const received = await receiveLetter(ctx, { raw: writeLetter(letter) });
  await scene.kit.runJobs();
  assert.ok(received.kind === "opened", received.kind);
  return (await findRequest(ctx, received.request.number)) ?? assert.fail("the register has no such request");
}

/** The requests of a person, the oldest first. */
async function requestsOf({ subject }: Person) {
  const rows = await ctx.db
    .selectFrom("requests.request")
    .selectAll()
    .where("subject_id", "=", subject)
    .execute();
  return rows.map(({ kind, state, due_on: due }) => ({ kind, state, due: due.toString() }));
}

const linkTo = (email: string) =>
  secretIn(
    scene.mail.letters.findLast(({ to, text }) => to === email && text.includes("/confirm/"))?.text ?? "",
  );

for (const [language, line, kind] of lines) {
  test(`7: «${line}» stands in the text and opens the request, however it is written`, async () => {
    assert.ok(findClause(ctx.texts[language].text, "7")?.paragraphs[0]?.text.includes(`«${line}»`));
    for (const [how, write] of Object.entries(hands)) {
      const person = await scene.enrol({ language });
      const text = `Мой адрес: ${person.email}. Прошу выполнить.`;
      const request = await receive({ from: person.email, line: write(line), text });
      assert.deepEqual([request.kind, request.channel, request.language], [kind, "letter", language], how);
    }
  });
}

test("7: the letters are taken at the address that the clause names, in both languages", () => {
  const { email } = ctx.policy.controller;
  for (const language of ["ru", "ky"] as const) {
    assert.ok(findClause(ctx.texts[language].text, "7")?.paragraphs[0]?.text.includes(email));
  }
});

test("7: the clock runs from the receipt of the letter, where the company is, confirmed or not", async () => {
  // Friday evening in UTC is Saturday in Bishkek.
  scene.moveTo("2026-11-27T20:30:00Z");
  const person = await scene.enrol();
  const stop = await receive({ from: person.email, line: lines[2][1] });
  const correct = await receive({ from: person.email, line: lines[0][1] });
  assert.equal(stop.receivedAt.toString(), "2026-11-27T20:30:00Z");
  assert.deepEqual(
    [stop.state, stop.dueOn.toString(), correct.state, correct.dueOn.toString()],
    ["unconfirmed", "2026-12-28", "staff", "2026-12-08"],
  );
  scene.kit.advance({ days: 3 });
  assert.equal(
    (await findRequest(ctx, stop.number))?.dueOn.toString(),
    "2026-12-28",
    "waiting does not move the day",
  );
});

test("7: a demand to stop is obeyed from the moment that the owner of the address confirms it", async () => {
  const person = await scene.enrol({ ticked: ["8.4"] });
  await receive({ from: person.email, line: lines[2][1] });
  assert.equal(await tryUse(ctx, person.subject, "8.4"), "done");
  assert.deepEqual(await confirmRequest(ctx, linkTo(person.email)), { kind: "confirmed" });
  assert.deepEqual(
    [await tryUse(ctx, person.subject, "8.2"), await tryUse(ctx, person.subject, "8.4")],
    ["stopped", "stopped"],
  );
});

test("7: a letter that states another person's address is asked of that person, and their clock runs", async () => {
  const person = await scene.enrol();
  const writer = newAddress();
  await receive({ from: writer, line: lines[3][1], text: `Менин дарегим: ${person.email}` });
  const [request] = await requestsOf(person);
  assert.deepEqual([request?.kind, request?.state], ["stop", "unconfirmed"]);
  assert.equal(request?.due, dueInDays(30));
  assert.equal(await tryUse(ctx, person.subject, "8.2"), "done", "nobody else's word withdraws a consent");
  assert.deepEqual(
    scene.mail.letters.filter(({ to }) => to === writer),
    [],
    "and nobody else is told anything",
  );
  assert.deepEqual(await confirmRequest(ctx, linkTo(person.email)), { kind: "confirmed" });
});

test("7: a demand to correct data reaches staff with the letter and seven working days", async () => {
  const person = await scene.enrol({ language: "ky" });
  const request = await receive({
    from: person.email,
    line: `Re: ${lines[1][1]}`,
    text: "Фамилиям: Тестова",
  });
  assert.deepEqual([request.state, request.clause, request.letters], ["staff", "16", 1]);
  assert.equal(await tryUse(ctx, person.subject, "8.2"), "done", "and stops nothing");
});

function dueInDays(days: number): string {
  return ctx.now().toZonedDateTimeISO("Asia/Bishkek").toPlainDate().add({ days }).toString();
}
