import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../../test-kit/chromium.ts";
import { createTestContext, type TestContext } from "../../../test-kit/context.ts";
import { openWindow } from "../../../test-kit/watched-window.ts";
import { languages } from "../../language/language.ts";
import { serveWeb, type Web } from "../serve.ts";

let kit: TestContext;
let web: Web;
let browser: Browser;
before(async () => {
  kit = await createTestContext({ environment: { PORT: "0" } });
  web = await serveWeb(kit.ctx);
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await web?.[Symbol.asyncDispose]();
  await kit?.[Symbol.asyncDispose]();
});

const person = { surname: "Тестова", firstName: "Айгүл", phone: "0555 000 105" };

for (const [index, language] of languages.entries()) {
  const colorScheme = index % 2 === 0 ? "dark" : "light";

  test(`every public page can be used by everybody, without scripts: ${language}, ${colorScheme}`, async () => {
    await using window = await openWindow(browser, web.origin, { colorScheme });
    await window.open(`/${language}/`);
    await window.open(`/${language}/policy#17-2`);
    assert.ok(await window.page.locator("[id='17-2']").isVisible());
    for (const form of ["consultation", "enrol", "order"]) await window.open(`/${language}/forms/${form}`);
    await window.open(`/${language}/confirm/none`, 404);
    await window.open(`/${language}/nothing`, 404);
  });

  test(`a form that comes back keeps everything, and once right is taken: ${language}, ${colorScheme}`, async () => {
    await using window = await openWindow(browser, web.origin, { colorScheme });
    const { page } = window;
    const send = page.locator("main form button");
    await window.open(`/${language}/forms/enrol`);
    await window.fill({ ...person, phone: "112", email: `aigul.${language}@example.kg` });
    await page.locator("[name='purpose-8.8']").check();
    await window.press(send, 422);
    assert.equal(await page.locator(":focus").getAttribute("role"), "alert", "the errors are not read first");
    assert.equal(await page.locator("[name=surname]").inputValue(), person.surname);
    assert.ok(await page.locator("[name='purpose-8.8']").isChecked());
    assert.ok(!(await page.locator("[name='purpose-8.4']").isChecked()));
    await window.fill({ phone: person.phone });
    await page.locator("[name=declared]").check();
    const received = await window.press(send);
    assert.match(received, /\d+<\/h2>/);
    const said = window.requested.map((address) => decodeURIComponent(address)).join(" ");
    for (const secret of ["Тестова", "Айгүл", "0555", "aigul"]) assert.ok(!said.includes(secret));
  });
}

test("typing survives a refusal: «back» leads to the form as it was filled in", async () => {
  await using window = await openWindow(browser, web.origin, { colorScheme: "light" });
  const { page } = window;
  await window.open("/ru/forms/consultation");
  await window.fill({ ...person, surname: "я".repeat(800_000) });
  await window.press(page.locator("main form button"), 413);
  await page.goBack();
  assert.equal(await page.locator("[name=firstName]").inputValue(), person.firstName);
});
