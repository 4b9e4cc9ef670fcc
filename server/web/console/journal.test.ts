import assert from "node:assert/strict";
import { test } from "node:test";
import { operations, transfers } from "../../../policy/language/operations.ts";
import { languages } from "../../language/language.ts";
import { aibek, createConsoleScene } from "./console-scene.ts";

test("the journal tells what was done, why and by whom, and nobody whose data it was", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff", "bermet");
  const number = await scene.enquire();
  await desk.post(`/ru/console/enquiries/${number}`, { category: "phone", purpose: "8.2" });
  await desk.post(`/ru/console/enquiries/${number}`, { category: "phone", purpose: "8.5" });
  const page = await (await desk.get("/ru/console/journal")).text();
  const told = ["Извлечение", "8.2. Связь по вашей заявке", "Номер контактного телефона", "Бермет bermet", "Отказано"];
  for (const word of told) assert.ok(page.includes(word), word);
  assert.match(page, /Для этой цели нет действующего согласия/);
  assert.match(page, /href="\/ru\/policy#6"/);
  assert.match(page, /Сам человек/);
  const subjects = await scene.ctx.db.selectFrom("vault.subject").select("subject_id").execute();
  for (const trace of [aibek.surname, aibek.email, "555000101", ...subjects.map((row) => row.subject_id)]) {
    assert.ok(!page.includes(trace), trace);
  }
});

test("every entry is reached once, page by page, also where many have the same time", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await scene.enquire();
  for (let round = 0; round < 60; round += 1) {
    const purpose = round % 2 === 0 ? "8.2" : "8.5";
    await desk.post(`/ru/console/enquiries/${number}`, { category: "phone", purpose });
  }
  const count = async (filter: string) => {
    let path: string | undefined = `/ru/console/journal${filter}`;
    const rows: number[] = [];
    while (path !== undefined) {
      const page = await (await desk.get(path)).text();
      rows.push([...page.matchAll(/<th role="rowheader"/g)].length);
      path = /href="([^"]*before=[0-9a-f-]{36})"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
    }
    return rows;
  };
  assert.deepEqual(await count("?operation=extraction"), [50, 10]);
  assert.deepEqual(await count("?operation=extraction&outcome=refused"), [30]);
  assert.deepEqual(await count("?operation=destruction"), [0]);
});

test("an address that nobody was given shows no error of the database", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const never = "00000000-0000-0000-0000-000000000000";
  for (const query of ["before=x", "before=' or 1=1", `before=${never}`, "operation=%00"]) {
    assert.equal((await desk.get(`/ru/console/journal?${query}`)).status, 200, query);
  }
});

test("all seventeen operations are offered by name in every language", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  for (const language of languages) {
    const page = await (await desk.get(`/${language}/console/journal`)).text();
    for (const operation of [...operations, ...transfers]) {
      assert.ok(page.includes(`<option value="${operation}">`), operation);
    }
  }
});
