import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createTestContext, type TestContext } from "../../../test-kit/context.ts";
import { WebVisitor } from "../../../test-kit/web-visitor.ts";
import { stopSubject } from "../../vault/stop-subject.ts";
import { createApp } from "../app.ts";

let kit: TestContext;
let app: ReturnType<typeof createApp>;
before(async () => {
  kit = await createTestContext();
  app = createApp(kit.ctx);
});
after(() => kit[Symbol.asyncDispose]());

let serial = 0;
let typed: Record<string, string>;
beforeEach(() => {
  serial += 1;
  typed = {
    surname: "Тестова",
    firstName: "Айгүл",
    phone: `0555${String(200_000 + serial)}`,
    email: `aigul.${serial}@example.kg`,
    declared: "yes",
  };
});

const urlencoded = "application/x-www-form-urlencoded";

function send(body: string | Buffer, headers: Record<string, string> = {}, path = "/ru/forms/enrol", env?: object) {
  const all = { "content-type": urlencoded, origin: kit.ctx.config.origin, ...headers };
  return app.request(path, { method: "POST", headers: all, body }, env);
}

const submit = (fields: Record<string, string>, path?: string) => send(new URLSearchParams(fields).toString(), {}, path);

async function countEnquiries(): Promise<number> {
  return (await kit.ctx.db.selectFrom("enquiries.enquiry").select("number").execute()).length;
}

/** What an input of the page holds. */
function valueOf(html: string, name: string): string | undefined {
  const input = new RegExp(`<input[^>]* name="${name.replace(".", "\\.")}"[^>]*>`).exec(html)?.[0] ?? "";
  return / checked=""/.test(input) ? "checked" : / value="([^"]*)"/.exec(input)?.[1];
}

test("a form leads to a page that says what happens next, with the number and without personal data in the address", async () => {
  const visitor = new WebVisitor(app, kit.ctx.config.origin);
  const answer = await visitor.post("/ky/forms/enrol", typed);
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/ky/forms/enrol/received");
  const [cookie = ""] = answer.headers.getSetCookie();
  assert.match(cookie, /^ubada_enquiry=\d+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
  const page = await (await visitor.get("/ky/forms/enrol/received")).text();
  assert.match(page, new RegExp(`Өтүнмөнүн номери: ${visitor.cookie("ubada_enquiry")}<`));
  assert.match(page, /Жеке маалыматтарды иштетүүнү токтотуу/);
});

test("a number that somebody wrote into the cookie by hand is not shown", async () => {
  const answer = await app.request("/ru/forms/enrol/received", { headers: { cookie: "ubada_enquiry=<b>call-us</b>" } });
  assert.doesNotMatch(await answer.text(), /call-us|Номер заявки/);
});

test("no box is ticked beforehand, and nothing but the declaration must be", async () => {
  const page = await (await app.request("/ru/forms/enrol")).text();
  assert.equal(page.match(/type="checkbox"/g)?.length, 6);
  assert.doesNotMatch(page, / checked/);
  assert.equal((await submit(typed)).status, 303);
});

for (const [language, heading] of [
  ["ru", "Проверьте, пожалуйста"],
  ["ky", "Сураныч, текшерип коюңуз"],
  ["en", "Please check"],
] as const) {
  test(`a faulty form comes back in ${language} with every fault named and everything typed kept`, async () => {
    const before = await countEnquiries();
    const faulty = { ...typed, firstName: "", phone: "112", email: "айгүл@", declared: "yes", "purpose-8.4": "yes" };
    const answer = await submit(faulty, `/${language}/forms/enrol`);
    assert.equal(answer.status, 422);
    const page = await answer.text();
    assert.ok(page.includes(heading));
    for (const field of ["firstName", "phone", "email"]) {
      assert.ok(page.includes(`href="#field-${field}"`), `${field} is not named`);
      assert.ok(page.includes(`id="field-${field}-error"`), `${field} has no message beside it`);
    }
    assert.ok(!page.includes('href="#field-surname"'));
    assert.equal(valueOf(page, "surname"), "Тестова");
    assert.equal(valueOf(page, "phone"), "112");
    assert.equal(valueOf(page, "email"), "айгүл@");
    assert.equal(valueOf(page, "purpose-8.4"), "checked");
    assert.equal(valueOf(page, "purpose-8.5"), "yes");
    assert.equal(valueOf(page, "declared"), "checked");
    assert.equal(await countEnquiries(), before);
  });
}

test("without the declaration of age and capacity nothing is taken", async () => {
  const { declared: _declared, ...undeclared } = typed;
  const answer = await submit(undeclared);
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /href="#field-declared"/);
});

test("a megabyte in one field is named as too long; what the other fields hold is kept", async () => {
  const answer = await submit({ ...typed, surname: "a".repeat(1_000_000) });
  assert.equal(answer.status, 422);
  const page = await answer.text();
  assert.match(page, /<a href="#field-surname">Фамилия: слишком длинно/);
  assert.ok(page.length < 100_000, "the megabyte was sent back");
  assert.equal(valueOf(page, "firstName"), "Айгүл");
  assert.equal(valueOf(page, "phone"), typed["phone"]);
});

test("what is typed stands on the page as text, whatever it is", async () => {
  const page = await (await submit({ ...typed, surname: `"><script>alert(1)</script>` })).text();
  assert.doesNotMatch(page, /<script/);
  assert.equal(valueOf(page, "surname"), "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
});

for (const [what, body, headers, status, words] of [
  ["a body of more than two megabytes", "a=".padEnd(2_200_000, "x"), {}, 413, /слишком много/],
  ["JSON", "{}", { "content-type": "application/json" }, 415, /в неизвестном виде/],
  ["a form in another encoding", "surname=x", { "content-type": `${urlencoded}; charset=koi8-r` }, 415, /UTF-8/],
  ["a broken letter", "surname=%D0", {}, 400, /Текст в поле «surname» пришёл повреждённым/],
  ["one field twice", "surname=a&surname=b", {}, 400, /Поле «surname» пришло дважды/],
  ["a control character", "firstName=a%00", {}, 400, /В поле «firstName» есть служебный знак/],
  ["a field that the form does not have", "comment=x", {}, 400, /не нужно поле «comment».*Политика, пункт 5/s],
  ["a category that the policy has and the form has not", "userId=7", {}, 400, /не нужно поле «userId»/],
  ["a purpose that was not offered", "purpose-8.10=yes", {}, 400, /Согласие «8.10».*Политика, пункт 10\.2/s],
  ["a box that holds something else", "purpose-8.4=no", {}, 400, /В поле «purpose-8.4» пришло то/],
  ["a field with markup for a name", "%3Cb%3Ex=1", {}, 400, /«&lt;b&gt;x»/],
  ["a foreign origin", "surname=x", { origin: "https://evil.example" }, 403, /не с нашего сайта/],
  ["no origin at all", "surname=x", { origin: "" }, 403, /не с нашего сайта/],
] as const) {
  test(`${what} gets a clear answer (${status}), and nothing is stored`, async () => {
    const before = await countEnquiries();
    const answer = await send(body, headers);
    assert.equal(answer.status, status);
    const page = await answer.text();
    assert.match(page, words);
    assert.match(page, /<html lang="ru"/);
    assert.equal(await countEnquiries(), before);
  });
}

test("a long name of an unknown field is cut before it can become a message to the reader", async () => {
  const page = await (await send(`${"z".repeat(500)}=1`)).text();
  assert.ok(page.includes(`«${"z".repeat(40)}…»`));
});

test("a person whose data is being destroyed is told so in words that fit everybody else too, and loses no typing", async () => {
  assert.equal((await submit(typed)).status, 303);
  const { db, index } = kit.ctx;
  const digest = index.digest("email", typed["email"] ?? "");
  const { subject_id: subject } = await db
    .selectFrom("vault.lookup")
    .select("subject_id")
    .where("digest", "=", digest)
    .executeTakeFirstOrThrow();
  await stopSubject(db, subject, kit.ctx.now());
  const answer = await submit(typed);
  assert.equal(answer.status, 409);
  const page = await answer.text();
  assert.match(page, /Если вы недавно просили прекратить обработку данных/);
  assert.equal(valueOf(page, "surname"), "Тестова");
});

test("one client may send sixty forms a minute; the next is asked to wait, others are not", async () => {
  const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: "IPv4" } } });
  const post = async (address: string, headers = {}) =>
    (await send("surname=x", headers, "/ru/forms/enrol", from(address))).status;
  kit.advance({ minutes: 2 });
  for (let sent = 0; sent < kit.ctx.config.postsPerMinute; sent += 1) assert.equal(await post("203.0.113.5"), 422);
  assert.equal(await post("203.0.113.5"), 429);
  assert.equal(await post("203.0.113.5", { "x-forwarded-for": "198.51.100.1" }), 429, "a stranger's word was believed");
  assert.equal(await post("203.0.113.6"), 422);
  assert.equal(await post("127.0.0.1", { "x-forwarded-for": "spoofed, 203.0.113.5" }), 429, "a proxy's word was not");
  kit.advance({ minutes: 1 });
  assert.equal(await post("203.0.113.5"), 422);
});
