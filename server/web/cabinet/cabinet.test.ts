import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Hono } from "hono";
import { type CabinetPeople, createCabinetPeople, type Person } from "../../../test-kit/cabinet-people.ts";
import { WebVisitor } from "../../../test-kit/web-visitor.ts";
import type { Context } from "../../context.ts";
import { targets } from "../../erasure/targets.ts";
import { createApp } from "../app.ts";
import { languages } from "../../language/language.ts";
import { requestsTexts } from "../texts/cabinet-requests.ts";

let people: CabinetPeople;
let ctx: Context;
let app: Hono;
before(async () => {
  people = await createCabinetPeople();
  ctx = people.kit.ctx;
  app = createApp(ctx);
});
after(() => people[Symbol.asyncDispose]());

const newVisitor = () => new WebVisitor(app, ctx.config.origin);
const pages = ["", "/consents", "/consents/withdraw-all", "/history", "/requests", "/receipts", "/delete"];

async function signIn(person: Person, language = "ru"): Promise<WebVisitor> {
  // Every sign-in is a server of its own here: what limits one person must not limit the tests.
  const visitor = new WebVisitor(createApp(ctx), ctx.config.origin);
  await visitor.post(`/${language}/cabinet/sign-in`, { email: person.email });
  await people.kit.runJobs();
  const answer = await visitor.post(`/${language}/cabinet/code`, { code: people.lastCode(person.email) });
  assert.equal(answer.headers.get("location"), `/${language}/cabinet`);
  return visitor;
}

/** What differs between any two answers to the same form: the id in the cookie, and the date. */
async function shapeOf(answer: Response) {
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== "date"));
  const cookie = (headers["set-cookie"] ?? "").replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, "<id>");
  return { status: answer.status, headers: { ...headers, "set-cookie": cookie }, body: await answer.text() };
}

async function textOf(visitor: WebVisitor, path: string, status = 200): Promise<string> {
  const answer = await visitor.get(path);
  assert.equal(answer.status, status, path);
  return answer.text();
}

test("known and unknown addresses get the same answers to the letter, page after page", async () => {
  const person = await people.enrol();
  const shapes = [];
  for (const email of [person.email, "nobody@example.org"]) {
    const visitor = newVisitor();
    shapes.push([
      await shapeOf(await visitor.post("/ru/cabinet/sign-in", { email })),
      await shapeOf(await visitor.get("/ru/cabinet/code")),
      ...(await wrongCodes(visitor, 6)),
    ]);
  }
  assert.deepEqual(shapes[0], shapes[1]);
  assert.deepEqual(shapes[0]?.map(({ status }) => status), [303, 200, 422, 422, 422, 422, 422, 422]);
});

async function wrongCodes(visitor: WebVisitor, count: number) {
  const shapes = [];
  for (let tried = 0; tried < count; tried += 1) {
    shapes.push(await shapeOf(await visitor.post("/ru/cabinet/code", { code: "000000" })));
  }
  return shapes;
}

test("the address is in no page, no address of a page and no cookie once it has been sent", async () => {
  const person = await people.enrol();
  const visitor = newVisitor();
  const asked = await visitor.post("/ru/cabinet/sign-in", { email: person.email });
  const code = await visitor.get("/ru/cabinet/code");
  const everything = [...asked.headers, ...code.headers].flat().join("\n") + (await asked.text()) + (await code.text());
  assert.doesNotMatch(everything, /example\.kg|aibek\.\d/i);
});

test("too many codes: the page says how long to wait, keeps what was typed, and is the same for anybody", async () => {
  const person = await people.enrol();
  for (const email of [person.email, "nobody2@example.org"]) {
    const visitor = newVisitor();
    for (let asked = 0; asked < 3; asked += 1) await visitor.post("/ru/cabinet/sign-in", { email });
    const answer = await visitor.post("/ru/cabinet/sign-in", { email });
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get("retry-after")) > 0);
    const page = await answer.text();
    assert.match(page, /Попробуйте снова через 15 минут/);
    assert.ok(page.includes(`value="${email}"`));
  }
});

test("something that is no address, or no code, comes back with the error and what was typed", async () => {
  const visitor = newVisitor();
  for (const email of ["", "aibek", "a@b@c", "a b@example.kg"]) {
    const answer = await visitor.post("/ru/cabinet/sign-in", { email });
    assert.equal(answer.status, 422);
    const page = await answer.text();
    assert.match(page, /<title>Ошибка: /);
    assert.ok(page.includes(`value="${email}"`));
  }
  await visitor.post("/ru/cabinet/sign-in", { email: "nobody3@example.org" });
  for (const code of ["", "12345", "1234567", "abcdef", "１２３４５６"]) {
    const answer = await visitor.post("/ru/cabinet/code", { code });
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /Введите шесть цифр из письма/);
  }
});

test("a code may be typed as mail programs show it, in two groups", async () => {
  const person = await people.enrol();
  const visitor = newVisitor();
  await visitor.post("/ru/cabinet/sign-in", { email: person.email });
  await people.kit.runJobs();
  const code = people.lastCode(person.email);
  const answer = await visitor.post("/ru/cabinet/code", { code: ` ${code.slice(0, 3)} ${code.slice(3)}` });
  assert.equal(answer.headers.get("location"), "/ru/cabinet");
});

test("whoever is not signed in, or whose cookie is not real, is shown the way to sign in and nothing else", async () => {
  const stranger = newVisitor();
  const forger = newVisitor();
  forger.setCookie("ubada-cabinet", Buffer.alloc(48, 7).toString("base64url"));
  for (const visitor of [stranger, forger]) {
    for (const page of [...pages, "/farewell", "/consents/text/00"]) {
      const answer = await visitor.get(`/ky/cabinet${page}`);
      assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/ky/cabinet/sign-in"], page);
    }
    for (const page of ["/consents", "/consents/withdraw-all", "/delete"]) {
      const answer = await visitor.post(`/ky/cabinet${page}`, { understand: "yes", withdraw: "8.4" });
      assert.equal(answer.headers.get("location"), "/ky/cabinet/sign-in");
    }
  }
});

test("every page is for this browser alone and is kept by none", async () => {
  const visitor = await signIn(await people.enrol());
  for (const page of ["/sign-in", "/code", ...pages]) {
    const { headers } = await visitor.get(`/ru/cabinet${page}`);
    assert.equal(headers.get("cache-control"), "no-store", page);
    assert.match(headers.get("vary") ?? "", /cookie/i, page);
  }
});

test("the cookies are out of reach of scripts and of other sites; over https they are bound to the host", async () => {
  const person = await people.enrol();
  const given = async (context: Context) => {
    const answer = await createApp(context).request("https://example.kg/ru/cabinet/sign-in", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: context.config.origin },
      body: new URLSearchParams({ email: person.email }).toString(),
    });
    return answer.headers.get("set-cookie") ?? "";
  };
  assert.match(await given(ctx), /^ubada-code=[0-9a-f-]{36}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
  const https = { ...ctx, config: { ...ctx.config, https: true, origin: "https://example.kg" } };
  assert.match(
    await given(https),
    /^__Host-ubada-code=[0-9a-f-]{36}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

test("a form of another site changes nothing", async () => {
  const person = await people.enrol();
  const visitor = await signIn(person);
  const foreign = new WebVisitor(app, "https://evil.example.org");
  foreign.setCookie("ubada-cabinet", visitor.cookie("ubada-cabinet") ?? "");
  for (const page of ["/delete", "/consents", "/consents/withdraw-all", "/sign-out"]) {
    const answer = await foreign.post(`/ru/cabinet${page}`, { understand: "yes", withdraw: "8.4" });
    assert.equal(answer.status, 403, page);
  }
  assert.match(await textOf(visitor, "/ru/cabinet/consents"), /value="8\.4"/);
});

for (const language of languages) {
  test(`every page answers in ${language}, with the person's data and the clauses that allow it`, async () => {
    const person = await people.enrol({ language });
    const visitor = await signIn(person, language);
    for (const page of pages) {
      const body = await textOf(visitor, `/${language}/cabinet${page}`);
      assert.ok(body.includes(`<html lang="${language}"`));
      if (language !== "en") assert.doesNotMatch(body, /undefined|\[object|>(given|refused|open|sent|subject)</);
    }
    const data = await textOf(visitor, `/${language}/cabinet`);
    for (const value of [person.surname, person.firstName, person.phone, person.email]) assert.ok(data.includes(value));
    assert.match(await textOf(visitor, `/${language}/cabinet/consents`), new RegExp(`/${language}/policy#8\\.4"`));
    assert.match(await textOf(visitor, `/${language}/cabinet/history`), new RegExp(`/${language}/policy#16-1"`));
  });
}

test("a consent is withdrawn by its own button; the page says so and offers it no more", async () => {
  const person = await people.enrol({ ticked: ["8.4", "8.8"] });
  const visitor = await signIn(person);
  const answer = await visitor.post("/ru/cabinet/consents", { withdraw: "8.4" });
  assert.equal(answer.headers.get("location"), "/ru/cabinet/consents?withdrawn=8.4");
  const page = await textOf(visitor, "/ru/cabinet/consents?withdrawn=8.4");
  assert.match(page, /Согласие отозвано/);
  assert.doesNotMatch(page, /value="8\.4"/);
  assert.match(page, /value="8\.8"/);
  assert.doesNotMatch(await textOf(visitor, "/ru/cabinet/consents?withdrawn=8.8"), /Согласие отозвано/);
  assert.match(await textOf(visitor, "/ru/cabinet/history"), /Вы прекратили обработку/);
  assert.equal((await visitor.post("/ru/cabinet/consents", { withdraw: "9.9" })).status, 404);
  assert.equal((await visitor.post("/ru/cabinet/consents", { withdraw: "constructor" })).status, 404);
});

test("the last consent has no button of its own: it leads to the page that says what will happen", async () => {
  const visitor = await signIn(await people.enrol({ ticked: [] }));
  const page = await textOf(visitor, "/ru/cabinet/consents");
  assert.doesNotMatch(page, /value="8\.2"/);
  assert.match(page, /href="\/ru\/cabinet\/consents\/withdraw-all"/);
  // Sent all the same (an old page in another window), it does what the law says it does.
  const answer = await visitor.post("/ru/cabinet/consents", { withdraw: "8.2" });
  assert.equal(answer.headers.get("location"), "/ru/cabinet/farewell");
});

test("withdrawing all stops everything at once, opens a request, and is followed to the end", async () => {
  const person = await people.enrol({ ticked: ["8.4"] });
  const visitor = await signIn(person);
  assert.match(await textOf(visitor, "/ru/cabinet/consents/withdraw-all"), /23 декабря 2026/);
  const answer = await visitor.post("/ru/cabinet/consents/withdraw-all");
  assert.equal(answer.headers.get("location"), "/ru/cabinet/farewell");
  const { subject } = person;
  const use = { subject, purpose: "8.4", operation: "use", categories: [], actor: { kind: "system" } } as const;
  assert.deepEqual(await ctx.gate.use(use, () => ""), { kind: "refused", reason: "stopped", clause: "17" });

  assert.match(await textOf(visitor, "/ru/cabinet/farewell"), /Ваши данные уничтожаются/);
  for (const page of ["", "/consents", "/history", "/requests", "/receipts", "/delete"]) {
    assert.match(await textOf(visitor, `/ru/cabinet${page}`), /Обработка ваших данных прекращена/, page);
  }
  assert.match(await textOf(visitor, "/ru/cabinet/requests"), /Обращение № \d+/);
  assert.equal((await visitor.get("/ru/cabinet/consents/withdraw-all")).status, 303);

  await people.kit.runJobs();
  const end = await textOf(visitor, "/ru/cabinet/farewell");
  assert.match(end, /Ваши данные уничтожены/);
  assert.match(end, /Обращение № \d+/);
  assert.equal((await visitor.get("/ru/cabinet")).headers.get("location"), "/ru/cabinet/sign-in");
  assert.equal(visitor.cookie("ubada-cabinet"), undefined);
});

test("data is deleted only by somebody who ticked that they understand, and demanded only once", async () => {
  const person = await people.enrol();
  const visitor = await signIn(person);
  const unticked = await visitor.post("/ru/cabinet/delete");
  assert.equal(unticked.status, 422);
  assert.match(await unticked.text(), /Отметьте, что понимаете/);
  for (let sent = 0; sent < 2; sent += 1) {
    const answer = await visitor.post("/ru/cabinet/delete", { understand: "yes" });
    assert.equal(answer.headers.get("location"), "/ru/cabinet/farewell");
  }
  const requests = ctx.db
    .selectFrom("requests.request")
    .select(["kind", "state"])
    .where("subject_id", "=", person.subject);
  assert.deepEqual(await requests.execute(), [{ kind: "destruction", state: "erasing" }]);
  await people.kit.runJobs();
  const { numAttributes } = await ctx.db
    .selectFrom("vault.attribute")
    .select((row) => row.fn.countAll<string>().as("numAttributes"))
    .where("subject_id", "=", person.subject)
    .executeTakeFirstOrThrow();
  assert.equal(numAttributes, "0");
});

test("signing out ends the sign-in at once, not only the cookie", async () => {
  const visitor = await signIn(await people.enrol());
  const cookie = visitor.cookie("ubada-cabinet") ?? "";
  await visitor.post("/ru/cabinet/sign-out");
  assert.equal(visitor.cookie("ubada-cabinet"), undefined);
  visitor.setCookie("ubada-cabinet", cookie);
  assert.equal((await visitor.get("/ru/cabinet")).status, 303);
});

test("the person can read the exact text they agreed to, and no other", async () => {
  const visitor = await signIn(await people.enrol({ form: "order" }));
  const other = await signIn(await people.enrol({ form: "enrol" }));
  const consents = await textOf(visitor, "/ru/cabinet/consents");
  const [href = ""] = /\/ru\/cabinet\/consents\/text\/[0-9a-f]{64}/.exec(consents) ?? [];
  assert.match(await textOf(visitor, href), /Отправить заказ/);
  await textOf(other, href, 404);
  await textOf(visitor, "/ru/cabinet/consents/text/00", 404);
});

test("a page of the history that nobody could have been given is not found", async () => {
  const visitor = await signIn(await people.enrol());
  await textOf(visitor, "/ru/cabinet/history?before=1'", 404);
  assert.match(await textOf(visitor, "/ru/cabinet/history?before=00000000-0000-7000-8000-000000000000"), /Записей пока нет/);
});

test("every place that an erasure reaches has a name in every language", () => {
  for (const language of languages) {
    assert.deepEqual(Object.keys(requestsTexts[language].targets), ["tell", ...targets.map(({ name }) => name)]);
  }
});
