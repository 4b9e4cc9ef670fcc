import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import { createTestContext } from "../../../test-kit/context.ts";
import { inviteMember } from "../../staff/invitation.ts";
import { createSignInAttempts } from "../../staff/sign-in-attempts.ts";
import { createConsoleScene, password } from "./console-scene.ts";
import { signInRoutes } from "./sign-in.tsx";

const secretOf = (link: string) => link.slice(-43);

test("an invitation is opened any number of times, used once, and signs its person in", async () => {
  await using scene = await createConsoleScene();
  const path = `/ru/console/invitation/${secretOf(await inviteMember(scene.ctx, "administrator"))}`;
  assert.match(await (await scene.street.get(path)).text(), /Вас пригласили администратором/);
  const faulty = await scene.street.post(path, { login: "b", name: "", password: "коротко" });
  assert.equal(faulty.status, 422);
  const page = await faulty.text();
  assert.match(page, /<title>Ошибка: /);
  assert.match(page, /Напишите, как вас зовут/);
  assert.ok(!page.includes("коротко"), "a password is never shown again");
  const accepted = await scene.street.post(path, { login: "bermet", name: "Бермет", password });
  assert.equal(accepted.headers.get("location"), "/ru/console");
  const cookie = /^ubada-console=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/;
  assert.match(accepted.headers.get("set-cookie") ?? "", cookie);
  const again = await scene.street.post(path, { login: "other", name: "Другой", password });
  assert.equal(again.status, 410);
  assert.match(await again.text(), /Приглашение уже использовано/);
});

test("a link that was never given is answered in the reader's language, and has no form", async () => {
  await using scene = await createConsoleScene();
  const answer = await scene.street.get(`/ky/console/invitation/${"x".repeat(43)}`);
  assert.equal(answer.status, 410);
  const page = await answer.text();
  assert.match(page, /Мындай чакыруу жок/);
  assert.ok(!page.includes("<form"));
});

test("an unknown login and a wrong password get the same page to the letter", async () => {
  await using scene = await createConsoleScene();
  await scene.desk("staff", "bermet");
  const pages = [];
  for (const login of ["bermet", "aibekk"]) {
    const answer = await scene.street.post("/en/console/sign-in", { login, password: "not this one at all" });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get("set-cookie"), null);
    pages.push((await answer.text()).replace(login, ""));
  }
  assert.equal(pages[0], pages[1]);
});

test("signing in opens the console, signing out ends it for a copied cookie too", async () => {
  await using scene = await createConsoleScene();
  await scene.desk("staff", "bermet");
  const answer = await scene.street.post("/ru/console/sign-in", { login: "bermet", password });
  assert.equal(answer.status, 303);
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  const desk = await scene.desk("staff", "other");
  assert.match(await (await desk.get("/ru/console")).text(), /Здравствуйте, Бермет other/);
  const out = await desk.post("/ru/console/sign-out");
  assert.equal(out.headers.get("location"), "/ru/console/sign-in");
  assert.match(out.headers.get("set-cookie") ?? "", /^ubada-console=; Max-Age=0; Path=\//);
  assert.equal((await desk.get("/ru/console")).status, 303);
  assert.equal(cookie.length, "ubada-console=".length + 43);
});

test("over https the cookie is bound to this host and never travels open", async () => {
  await using scene = await createConsoleScene({ environment: { PUBLIC_URL: "https://softskills.example.kg" } });
  await scene.desk("staff", "bermet");
  const answer = await scene.street.post("/ru/console/sign-in", { login: "bermet", password });
  const cookie = /^__Host-ubada-console=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/;
  assert.match(answer.headers.get("set-cookie") ?? "", cookie);
});

test("too many attempts are told how long to wait", async () => {
  await using kit = await createTestContext();
  const app = new Hono().route("/ru", signInRoutes(kit.ctx, createSignInAttempts({ perLogin: 1, perMinute: 60 })));
  const send = async () =>
    app.request("/ru/console/sign-in", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "login=bermet&password=x",
    });
  assert.equal((await send()).status, 401);
  const refused = await send();
  assert.equal(refused.status, 429);
  assert.match(refused.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  assert.match(await refused.text(), /Подождите 15 минут/);
});

test("a form that is no form is refused without being guessed at", async () => {
  await using scene = await createConsoleScene();
  const send = async (body: string, type = "application/x-www-form-urlencoded") =>
    (await scene.ask("/ru/console/sign-in", { method: "POST", headers: { "content-type": type }, body })).status;
  assert.equal(await send(`login=${"я".repeat(20_000)}`), 413);
  assert.equal(await send("{}", "application/json"), 415);
  assert.equal(await send("login=a&login=b"), 400);
  assert.equal(await send("login=%FF"), 400);
});
