import assert from "node:assert/strict";
import { test } from "node:test";
import { aibek, type ConsoleScene, createConsoleScene } from "./console-scene.ts";

async function journal({ ctx }: ConsoleScene) {
  return ctx.db
    .selectFrom("journal.entry")
    .select(["operation", "purpose", "clause", "categories", "actor", "staff_id", "outcome", "reason"])
    .orderBy("entry_id")
    .execute();
}

/** What no page may show before somebody named a purpose. */
function assertHidden(page: string): void {
  for (const value of [aibek.surname, aibek.firstName, aibek.email, "555000101", "555 000 101"]) {
    assert.ok(!page.includes(value), value);
  }
}

test("nobody who is not signed in sees the console, in any language and by any method", async () => {
  await using scene = await createConsoleScene();
  await scene.enquire();
  for (const path of ["", "/enquiries", "/enquiries/1", "/requests", "/letters", "/journal", "/staff", "/nowhere"]) {
    const answer = await scene.street.get(`/ky/console${path}`);
    assert.equal(answer.status, 303, path);
    assert.equal(answer.headers.get("location"), "/ky/console/sign-in");
  }
  const answer = await scene.street.post("/ru/console/enquiries/1", { category: "phone", purpose: "8.2" });
  assert.equal(answer.status, 303);
  assert.deepEqual((await journal(scene)).filter(({ actor }) => actor === "staff"), []);
});

test("the list and the page of an enquiry open nothing: only the kinds of data are named", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await scene.enquire();
  const before = await journal(scene);
  const list = await (await desk.get("/ru/console/enquiries")).text();
  assert.match(list, new RegExp(`№ ${number}<`));
  assert.match(list, /Запросить консультацию/);
  assert.match(list, /Номер контактного телефона/);
  assertHidden(list);
  assertHidden(await (await desk.get(`/ru/console/enquiries/${number}`)).text());
  assert.deepEqual(await journal(scene), before);
});

test("a field opens for the purpose named, alone, on a page that is not kept, and the journal has it", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await scene.enquire();
  const answer = await desk.post(`/ru/console/enquiries/${number}`, { category: "phone", purpose: "8.2" });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const page = await answer.text();
  assert.match(page, /\+996555000101/);
  assert.ok(!page.includes(aibek.surname) && !page.includes(aibek.email));
  assert.deepEqual((await journal(scene)).at(-1), {
    operation: "extraction",
    purpose: "8.2",
    clause: "8.2",
    categories: ["phone"],
    actor: "staff",
    staff_id: desk.staffId,
    outcome: "done",
    reason: null,
  });
  assertHidden(await (await desk.get(`/ru/console/enquiries/${number}`)).text());
});

test("without a purpose nothing opens, nor for a purpose the policy does not have, nor for a duty", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("administrator");
  const number = await scene.enquire();
  const before = await journal(scene);
  for (const purpose of ["", "8.11", "16-1", "toString", "8.2 "]) {
    const answer = await desk.post(`/ru/console/enquiries/${number}`, { category: "phone", purpose });
    assert.equal(answer.status, 422, purpose);
    const page = await answer.text();
    assert.match(page, /Выберите цель: без неё данные не открываются/);
    assertHidden(page);
  }
  assert.deepEqual(await journal(scene), before);
});

test("a category that the purpose does not list is refused at run time, and the refusal is journaled", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await scene.enquire();
  const answer = await desk.post(`/en/console/enquiries/${number}`, { category: "phone", purpose: "8.6" });
  assert.equal(answer.status, 403);
  const page = await answer.text();
  assert.match(page, /For this purpose the Policy does not allow this kind of data to be used/);
  assert.match(page, /href="\/en\/policy#10\.5"/);
  assertHidden(page);
  const entry = (await journal(scene)).at(-1);
  assert.deepEqual([entry?.purpose, entry?.outcome, entry?.reason], ["8.6", "refused", "category-not-listed"]);
});

test("a purpose that the person did not agree to is refused, and says so in the reader's language", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await scene.enquire({ ticked: ["8.8"] });
  const refused = await desk.post(`/ky/console/enquiries/${number}`, { category: "email", purpose: "8.5" });
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /Бул максат үчүн күчүндө болгон макулдук жок/);
  const opened = await desk.post(`/ky/console/enquiries/${number}`, { category: "email", purpose: "8.8" });
  assert.match(await opened.text(), /aibek\.testov@example\.kg/);
});

test("a field opens only what came with that enquiry, not what the person typed elsewhere", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const first = await scene.enquire();
  await scene.enquire({ fields: { ...aibek, phone: "0555000199" } });
  const answer = await desk.post(`/ru/console/enquiries/${first}`, { category: "phone", purpose: "8.2" });
  assert.match(await answer.text(), /\+996555000101/);
});

test("a category or an enquiry that is not there opens nothing", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  const number = await scene.enquire();
  for (const category of ["userId", "letter", "passport", ""]) {
    const answer = await desk.post(`/ru/console/enquiries/${number}`, { category, purpose: "8.2" });
    assert.equal(answer.status, 404, category);
  }
  for (const missing of ["999", "0", "-1", "1e3", "9".repeat(30), "x"]) {
    assert.equal((await desk.get(`/ru/console/enquiries/${missing}`)).status, 404, missing);
    assert.equal((await desk.post(`/ru/console/enquiries/${missing}/fulfil`)).status, 404, missing);
  }
});

test("the list is narrowed by state and goes on from page to page without losing or repeating one", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  for (let person = 0; person < 30; person += 1) {
    await scene.enquire({ fields: { ...aibek, email: `person-${person}@example.kg` } });
  }
  const numbersOn = async (path: string) => {
    const page = await (await desk.get(path)).text();
    const next = /href="([^"]*before=\d+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
    return { numbers: [...page.matchAll(/№ (\d+)</g)].map(([, number]) => Number(number)), next };
  };
  const first = await numbersOn("/ru/console/enquiries");
  assert.ok(first.next);
  const second = await numbersOn(first.next);
  assert.equal(second.next, undefined);
  const all = [...first.numbers, ...second.numbers];
  assert.deepEqual(all, [...new Set(all)].toSorted((a, b) => b - a));
  assert.equal(all.length, 30);
  assert.deepEqual((await numbersOn("/ru/console/enquiries?state=fulfilled")).numbers, []);
  assert.equal((await numbersOn("/ru/console/enquiries?state=nonsense&before=drop")).numbers.length, 25);
});
