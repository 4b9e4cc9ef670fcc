import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../../test-kit/chromium.ts";
import { openWindow, type WatchedWindow } from "../../../test-kit/watched-window.ts";
import { fulfilEnquiry } from "../../enquiries/fulfil-enquiry.ts";
import { extendLedger } from "../../journal/extend-ledger.ts";
import { receiveLetter } from "../../requests/receive-letter.ts";
import { inviteMember } from "../../staff/invitation.ts";
import { languages } from "../../language/language.ts";
import { serveWeb, type Web } from "../serve.ts";
import { aibek, type ConsoleScene, createConsoleScene, password } from "./console-scene.ts";

let folder: string;
let scene: ConsoleScene;
let web: Web;
let browser: Browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "console-"));
  scene = await createConsoleScene({ environment: { PORT: "0", UBADA_DATA: folder }, kind: "demo" });
  const { staffId } = await scene.desk("administrator", "bermet");
  await scene.enquire();
  await scene.enquire({ ticked: ["8.8"], fields: { ...aibek, email: "second@example.kg" } });
  const done = await scene.enquire({ ticked: ["8.8"], fields: { ...aibek, email: "third@example.kg" } });
  await fulfilEnquiry(scene.ctx, { number: done, staffId });
  const raw = "From: gulnara.testova@example.kg\r\nTo: softskills@lerna.kg\r\nSubject: 1\r\n\r\nЗдравствуйте!\r\n";
  await receiveLetter(scene.ctx, { raw: Buffer.from(raw) });
  await extendLedger(scene.ctx);
  web = await serveWeb(scene.ctx);
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await web?.[Symbol.asyncDispose]();
  await scene?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function aReceiptNumber(): Promise<string> {
  const entries = scene.ctx.db.selectFrom("journal.entry").select("entry_id").where("detail", "is not", null);
  return (await entries.executeTakeFirstOrThrow()).entry_id;
}

for (const [index, language] of languages.entries()) {
  const colorScheme = index % 2 === 0 ? "light" : "dark";
  const at = (path: string) => `/${language}/console${path}`;

  test(`the way in can be used by everybody, without scripts: ${language}, ${colorScheme}`, async () => {
    await using window = await openWindow(browser, web.origin, { colorScheme });
    const button = window.page.locator("main form button");
    await window.open(at("/invitation/none"), 410);
    await window.open(at(`/invitation/${(await inviteMember(scene.ctx, "staff")).slice(-43)}`));
    await window.press(button, 422);
    await window.open(at("/sign-in"));
    await window.fill({ login: "bermet", password: "not this one at all" });
    await window.press(button, 401);
  });

  test(`every page can be used by everybody, without scripts: ${language}, ${colorScheme}`, async () => {
    await using window = await openWindow(browser, web.origin, { colorScheme });
    await signIn(window, at("/sign-in"));
    await window.open(at("/enquiries"));
    await window.open(at("/enquiries?state=fulfilled"));
    await window.open(at("/enquiries?state=stopped"));
    await window.open(at("/enquiries/3"));
    await window.open(at("/enquiries/1/fulfil"));
    await window.open(at("/enquiries/2/fulfil"));
    await window.open(at("/enquiries/99"), 404);
    await window.open(at("/requests"));
    await window.open(at("/requests/1"));
    await window.press(window.page.locator("main form[action$=letters] button"));
    await window.open(at("/letters"));
    await window.press(window.page.locator("main table form button").first());
    await window.open(at("/journal"));
    await window.open(at("/evidence"));
    await window.press(window.page.locator("main form[action$=evidence] button"));
    await window.fill({ number: await aReceiptNumber() });
    await window.press(window.page.locator("main form[role=search] button"));
    await window.press(window.page.locator("main form[enctype] button"), 422);
    await window.open(at("/staff"));
    await window.press(window.page.locator("main form button"), 422);
    await window.page.locator("[value=staff]").check();
    await window.press(window.page.locator("main form button"));
  });

  test(`a field is asked for, refused and shown: ${language}, ${colorScheme}`, async () => {
    await using window = await openWindow(browser, web.origin, { colorScheme });
    await signIn(window, at("/sign-in"));
    await window.open(at("/enquiries/1"));
    const show = window.page.locator("[value=phone]");
    await window.press(show, 422);
    await window.page.locator("main select").selectOption("8.5");
    await window.press(show, 403);
    await window.page.locator("main select").selectOption("8.2");
    const page = await window.press(show);
    assert.match(page, /\+996555000101/);
    assert.ok(window.requested.every((address) => !address.includes("555000101")));
  });
}

async function signIn(window: WatchedWindow, path: string): Promise<void> {
  await window.open(path);
  await window.fill({ login: "bermet", password });
  await window.press(window.page.locator("main form button"));
}
