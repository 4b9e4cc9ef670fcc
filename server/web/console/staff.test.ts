import assert from "node:assert/strict";
import { test } from "node:test";
import { createConsoleScene, password } from "./console-scene.ts";

test("an administrator invites another; the link is shown once and works once", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("administrator");
  const answer = await desk.post("/ru/console/staff", { role: "staff" });
  const page = await answer.text();
  const [, path] = /<code class="one-time-link">http:\/\/127\.0\.0\.1:8080([^<]+)<\/code>/.exec(page) ?? [];
  assert.ok(path !== undefined && path.startsWith("/ru/console/invitation/"));
  assert.match(page, /показана один раз/);
  assert.ok(!(await (await desk.get("/ru/console/staff")).text()).includes(path.slice(-43)));
  const accepted = await scene.street.post(path, { login: "gulnara", name: "Гульнара Тестова", password });
  assert.equal(accepted.status, 303);
  assert.match(await (await desk.get("/ru/console/staff")).text(), /Гульнара Тестова/);
});

test("a role that is none makes no invitation", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("administrator");
  const answer = await desk.post("/en/console/staff", { role: "owner" });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /Choose a role/);
});

test("a member of staff who is no administrator neither sees the members nor invites anybody", async () => {
  await using scene = await createConsoleScene();
  const desk = await scene.desk("staff");
  assert.equal((await desk.get("/ru/console/staff")).status, 403);
  assert.equal((await desk.post("/ru/console/staff", { role: "administrator" })).status, 403);
  const { count } = await scene.ctx.db
    .selectFrom("staff.invitation")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  assert.equal(count, "0");
});

test("a demonstration says on every page that it is one", async () => {
  await using scene = await createConsoleScene({ kind: "demo" });
  const desk = await scene.desk("staff");
  assert.match(await (await desk.get("/ky/console/enquiries")).text(), /Бул – көрсөтмө нуска/);
});
