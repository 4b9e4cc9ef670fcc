import assert from "node:assert/strict";
import { test } from "node:test";
import { receiveLetter } from "../../requests/receive-letter.ts";
import { aibek, type ConsoleScene, createConsoleScene } from "./console-scene.ts";

const stopLine = "Прекратить обработку персональных данных";
const marked = "Прошу перезвонить мне по поводу синего велосипеда.";

async function write({ ctx }: ConsoleScene, line: string, from = aibek.email): Promise<string> {
  const raw = [
    `From: ${from}`,
    "To: softskills@lerna.kg",
    `Message-ID: <${ctx.newId()}@example.kg>`,
    `Subject: =?utf-8?B?${Buffer.from(line).toString("base64")}?=`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    marked,
  ].join("\r\n");
  const received = await receiveLetter(ctx, { raw: Buffer.from(raw) });
  assert.notEqual(received.kind, "duplicate");
  return received.kind === "duplicate" ? "" : received.request.number;
}

async function staffEntries({ ctx }: ConsoleScene) {
  const staff = ctx.db.selectFrom("journal.entry").selectAll().where("actor", "=", "staff");
  const rows = await staff.orderBy("entry_id").execute();
  return rows.map((row) => [row.operation, row.purpose, row.categories.join(), row.outcome, row.reason]);
}

test("the register shows what is due first, and late ones as late", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  await scene.enquire();
  const stop = await write(scene, stopLine);
  const question = await write(scene, "Когда начнётся курс?", "gulnara.testova@example.kg");
  const list = await (await desk.get("/ru/console/requests")).text();
  assert.ok(list.indexOf(`№ ${question}<`) < list.indexOf(`№ ${stop}<`), "seven days come before thirty");
  assert.match(list, /Ждёт подтверждения/);
  assert.match(list, /Осталось 7 дней/);
  assert.ok(!list.includes("example.kg") && !list.includes("курс?"));
  scene.advance({ days: 9 });
  const later = await scene.desk("staff", "later");
  const late = await (await later.get("/ru/console/requests")).text();
  assert.match(late, /Просрочено на 2 дня/);
  const overview = await (await later.get("/ru/console")).text();
  assert.match(overview, /1 запрос просрочен: ответьте в первую очередь/);
});

test("a letter is read on demand only, for answering it, and the journal has it", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await write(scene, "Вопрос", "gulnara.testova@example.kg");
  const closed = await (await desk.get(`/ru/console/requests/${number}`)).text();
  assert.ok(!closed.includes(marked) && !closed.includes("gulnara"));
  assert.deepEqual(await staffEntries(scene), []);
  const answer = await desk.post(`/ru/console/requests/${number}/letters`);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const page = await answer.text();
  assert.ok(page.includes(marked) && page.includes("gulnara.testova@example.kg"));
  assert.deepEqual(await staffEntries(scene), [["extraction", "21", "letter", "done", null]]);
  assert.equal((await desk.get(`/ru/console/requests/${number}/letters`)).status, 303);
});

test("a letter as a file comes byte for byte, under a name that says nothing of the person", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await write(scene, "Вопрос", "gulnara.testova@example.kg");
  const file = await desk.post(`/ru/console/requests/${number}/letters/file`, { letter: "0" });
  assert.equal(file.headers.get("content-disposition"), `attachment; filename="letter-${number}.eml"`);
  assert.equal(file.headers.get("content-type"), "message/rfc822");
  assert.equal(file.headers.get("x-content-type-options"), "nosniff");
  assert.match(await file.text(), /^From: gulnara\.testova@example\.kg\r\n[^]*велосипеда\.$/);
  for (const letter of ["1", "-1", "constructor", "", "1.5"]) {
    const missing = await desk.post(`/ru/console/requests/${number}/letters/file`, { letter });
    assert.equal(missing.status, 404, letter);
  }
});

test("a letter's HTML and script are words on the page and nothing more", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await write(scene, "<script>alert(1)</script>", "gulnara.testova@example.kg");
  const page = await (await desk.post(`/ru/console/requests/${number}/letters`)).text();
  assert.ok(!page.includes("<script>"));
  assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
});

test("an answered request is closed by name, cannot be closed again, and its letters stay sealed after", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  await scene.enquire();
  const number = await write(scene, "Вопрос");
  const closed = await desk.post(`/ru/console/requests/${number}/close`);
  assert.equal(closed.headers.get("location"), `/ru/console/requests?closed=${number}`);
  const list = await (await desk.get(`/ru/console/requests?closed=${number}&view=closed`)).text();
  assert.match(list, new RegExp(`Запрос №.${number} закрыт`));
  assert.match(list, /Отвечено/);
  const again = await desk.post(`/ru/console/requests/${number}/close`);
  assert.equal(again.status, 409);
  assert.match(await again.text(), /Этот запрос уже закрыт/);
  const page = await desk.post(`/ru/console/requests/${number}/letters`);
  assert.equal(page.status, 403);
  assert.match(await page.text(), /Сейчас нет открытого запроса/);
  assert.deepEqual((await staffEntries(scene)).at(-1), ["extraction", "21", "letter", "refused", "not-owed"]);
});

test("whoever was known by a letter alone has nothing left once it is answered: an erasure begins", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await write(scene, "Вопрос", "gulnara.testova@example.kg");
  const closed = await desk.post(`/ky/console/requests/${number}/close`);
  assert.equal(closed.headers.get("location"), `/ky/console/requests?closed=${number}&ended`);
  await scene.runJobs();
  const page = await (await desk.get(`/ky/console/requests/${number}`)).text();
  assert.match(page, /Жок кылуу кандай жүрүп жатат/);
});

test("a request that the person can still confirm is theirs to decide", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  await scene.enquire();
  const number = await write(scene, stopLine);
  const page = await (await desk.get(`/ru/console/requests/${number}`)).text();
  assert.match(page, /Ждём подтверждения от человека/);
  assert.ok(!page.includes("Закрыть запрос"));
  assert.equal((await desk.post(`/ru/console/requests/${number}/close`)).status, 409);
  scene.advance({ days: 60 });
  const later = await scene.desk("staff", "later");
  assert.match(await (await later.get(`/ru/console/requests/${number}`)).text(), /Закрыть запрос/);
});

test("a request that is not there is said to be not there", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  for (const number of ["7", "0", "x", "9".repeat(40)]) {
    assert.equal((await desk.get(`/en/console/requests/${number}`)).status, 404);
    assert.equal((await desk.post(`/en/console/requests/${number}/letters`)).status, 404);
    assert.equal((await desk.post(`/en/console/requests/${number}/close`)).status, 404);
  }
});
