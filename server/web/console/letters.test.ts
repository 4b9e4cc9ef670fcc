import assert from "node:assert/strict";
import { test } from "node:test";
import { aibek, createConsoleScene } from "./console-scene.ts";

const letterIn = (page: string) => /action="(\/ru\/console\/letters\/[0-9a-f-]{36})"/.exec(page)?.[1];

test("only an administrator sees, reads and hands over letters", async () => {
  await using scene = await createConsoleScene();
  const [staff, administrator] = [await scene.desk("staff"), await scene.desk("administrator")];
  await scene.enquire();
  const action = letterIn(await (await administrator.get("/ru/console/letters")).text());
  assert.ok(action);
  for (const answer of [
    await staff.get("/ru/console/letters"),
    await staff.post(action),
    await staff.post(`${action}/handed-over`),
  ]) {
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /Этот раздел открыт только администраторам/);
  }
  assert.ok(!(await (await staff.get("/ru/console")).text()).includes("/console/letters"));
});

test("the outbox says why letters wait and opens none; one is read by a button, and the journal has it", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("administrator");
  await scene.enquire();
  const list = await (await desk.get("/ru/console/letters")).text();
  assert.match(list, /Почтовый сервер не настроен/);
  assert.match(list, /SMTP_URL=/);
  assert.match(list, /Подтверждение заявки, №\u00a01/);
  assert.ok(!list.includes(aibek.email));
  const action = letterIn(list);
  assert.ok(action);
  assert.equal((await desk.get(action)).status, 303, "an address alone opens nothing");
  const letter = await desk.post(action);
  assert.equal(letter.headers.get("cache-control"), "no-store");
  assert.ok((await letter.text()).includes(aibek.email));
  const entry = await scene.ctx.db
    .selectFrom("journal.entry")
    .select(["operation", "purpose", "staff_id"])
    .orderBy("entry_id", "desc")
    .executeTakeFirstOrThrow();
  assert.deepEqual(entry, { operation: "use", purpose: "8.2", staff_id: desk.staffId });
});

test("a letter that was handed over leaves the list, once", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("administrator");
  await scene.enquire();
  const action = letterIn(await (await desk.get("/ru/console/letters")).text());
  const done = await desk.post(`${action}/handed-over`);
  assert.equal(done.headers.get("location"), "/ru/console/letters?done");
  const list = await (await desk.get("/ru/console/letters?done")).text();
  assert.match(list, /Письмо отмечено переданным/);
  assert.match(list, /Неотправленных писем нет/);
  assert.equal((await desk.post(`${action}/handed-over`)).status, 404);
  assert.equal((await desk.post(action ?? "")).status, 404);
});

test("where a mail server is configured the page does not ask for one", async () => {
  await using scene = await createConsoleScene({ mailer: { send: async () => ({ kind: "unreachable" }) } });
  const desk = await scene.desk("administrator");
  const list = await (await desk.get("/en/console/letters")).text();
  assert.match(list, /A mail server is configured/);
  assert.ok(!list.includes("SMTP_URL"));
});
