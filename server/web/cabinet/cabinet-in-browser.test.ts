import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type CabinetPeople, createCabinetPeople, type Person } from "../../../test-kit/cabinet-people.ts";
import { launchChromium } from "../../../test-kit/chromium.ts";
import { readMyConsents } from "../../consent/my-consents.ts";
import { withdrawConsent } from "../../consent/withdraw-consent.ts";
import type { Context } from "../../context.ts";
import { openFromCabinet } from "../../requests/open-from-cabinet.ts";
import { createSession } from "../../sign-in/cabinet-session.ts";
import { serveWeb, type Web } from "../serve.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let people: CabinetPeople;
let ctx: Context;
let web: Web;
let browser: Browser;
let active: Person;
let stopped: Person;
before(async () => {
  people = await createCabinetPeople();
  ctx = { ...people.kit.ctx, config: { ...people.kit.ctx.config, port: 0 } };
  active = await people.enrol({ form: "consultation", ticked: ["8.4", "8.8"] });
  await people.sendAgain(active, "enrol");
  stopped = await people.enrol();
  await refuseOnce(active);
  await withdrawConsent(ctx, { subject: active.subject, purpose: "8.8" });
  await openFromCabinet(ctx, { subject: stopped.subject, kind: "destruction", language: "ru" });
  web = await serveWeb(ctx);
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await web?.[Symbol.asyncDispose]();
  await people?.[Symbol.asyncDispose]();
});

/** So that the history has a refusal to show. */
async function refuseOnce({ subject }: Person): Promise<void> {
  const use = { subject, purpose: "8.5", operation: "use", categories: ["email"], actor: { kind: "system" } } as const;
  await ctx.gate.use(use, () => "");
}

interface Scene {
  readonly path: string;
  readonly who?: () => Person;
  /** Brings the page into the state to be looked at. */
  readonly act?: (page: Page) => Promise<void>;
}

const press = (page: Page) => page.locator("main form button").click();
const scenes: readonly Scene[] = [
  { path: "/sign-in" },
  { path: "/sign-in", act: press },
  { path: "/code", act: press },
  { path: "", who: () => active },
  { path: "/consents?withdrawn=8.8", who: () => active },
  { path: "/consents/withdraw-all", who: () => active },
  { path: "/consents/text/", who: () => active },
  { path: "/history", who: () => active },
  { path: "/requests", who: () => active },
  { path: "/receipts", who: () => active },
  { path: "/delete", who: () => active, act: press },
  { path: "", who: () => stopped },
  { path: "/requests", who: () => stopped },
  { path: "/farewell", who: () => stopped },
];

const screens = [
  { language: "ru", width: 1280, colorScheme: "light" },
  { language: "ky", width: 360, colorScheme: "dark" },
  { language: "en", width: 360, colorScheme: "light" },
] as const;

for (const { language, width, colorScheme } of screens) {
  test(`every page of the cabinet can be used by everybody: ${language}, ${width} px, ${colorScheme}`, async () => {
    for (const scene of scenes) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      await context.addCookies(await cookiesOf(scene.who?.()));
      const page = await context.newPage();
      await page.goto(`${web.origin}/${language}/cabinet${await wholePath(scene.path)}`);
      await scene.act?.(page);
      assert.deepEqual(await faultsOf(page), [], `${scene.path} after ${page.url()}`);
      await context.close();
    }
  });
}

async function wholePath(path: string): Promise<string> {
  if (path !== "/consents/text/") return path;
  const [consent] = await readMyConsents(ctx, active.subject);
  return `${path}${consent?.act?.shownHash}`;
}

async function cookiesOf(person: Person | undefined) {
  if (!person) return [{ name: "ubada-code", value: ctx.newId(), url: web.origin }];
  return [
    { name: "ubada-cabinet", value: await createSession(ctx, ctx.db, person.subject), url: web.origin },
    { name: "ubada-farewell", value: person.subject, url: web.origin },
  ];
}

/** What axe finds, and whether the page is wider than the screen. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate<string[]>(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((n) => n.html).join(' ')))",
  );
  const isWide = await page.evaluate<boolean>("document.documentElement.scrollWidth > innerWidth");
  return isWide ? [...found, "wider than the screen"] : found;
}

test("a person signs in, withdraws one consent and deletes their data, with nothing but a keyboard's means", async () => {
  const person = await people.enrol({ language: "ky", ticked: ["8.4"] });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${web.origin}/ky/cabinet`);
  await page.getByLabel("Электрондук почта дареги").fill(person.email);
  await page.getByRole("button", { name: "Код алуу" }).press("Enter");
  await people.kit.runJobs();
  await page.getByLabel("Каттагы код").fill(people.lastCode(person.email));
  await page.getByRole("button", { name: "Кирүү" }).press("Enter");
  await page.getByRole("heading", { name: "Менин маалыматтарым" }).waitFor();
  assert.ok((await page.locator("main").innerText()).includes(person.phone));

  await page.getByRole("link", { name: "Макулдуктар" }).press("Enter");
  await page.getByRole("button", { name: "Макулдукту кайтарып алуу «Маалыматтык билдирүүлөр»" }).press("Enter");
  assert.match(await page.getByRole("status").innerText(), /Макулдук кайтарып алынды/);

  await page.getByRole("link", { name: "Маалыматтарды өчүрүү" }).press("Enter");
  await page.getByLabel("Маалыматтарды кайтарып алууга болбой турганын түшүнөм").press("Space");
  await page.getByRole("button", { name: "Менин маалыматтарымды өчүрүү" }).press("Enter");
  await page.getByRole("heading", { name: "Маалыматтарыңыз жок кылынып жатат" }).waitFor();
  await people.kit.runJobs();
  await page.getByRole("link", { name: "Кайра текшерүү" }).press("Enter");
  await page.getByRole("heading", { name: "Маалыматтарыңыз жок кылынды" }).waitFor();
  await page.goto(`${web.origin}/ky/cabinet`);
  assert.equal(new URL(page.url()).pathname, "/ky/cabinet/sign-in");
  await context.close();
});
