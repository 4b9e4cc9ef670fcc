import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { composeErased } from "../server/letters/compose/erased.ts";
import { pathInLanguage } from "../server/language/language.ts";
import { deleteTexts } from "../server/web/texts/cabinet-delete.ts";
import { consentsTexts } from "../server/web/texts/cabinet-consents.ts";
import { signInTexts } from "../server/web/texts/cabinet-sign-in.ts";
import { consoleRequestsTexts } from "../server/web/texts/console-requests.ts";
import { operationNames } from "../server/web/texts/operations.ts";
import { confirmTexts } from "../server/web/texts/public-confirm.ts";
import { formTexts } from "../server/web/texts/public-form.ts";
import { refusalTexts } from "../server/web/texts/refusals.ts";
import { launchChromium } from "../test-kit/chromium.ts";
import { codeFor, confirmationPath, demandStop, lettersTo, typed } from "../test-kit/journey.ts";
import { searchServer } from "../test-kit/leaks-of-server.ts";
import { type MailServer, startMailServer } from "../test-kit/mail-server.ts";
import { type MarkedPerson, markPerson } from "../test-kit/marked-person.ts";
import { MarkFinder } from "../test-kit/marks.ts";
import { type RunningServer, startServer } from "../test-kit/running-server.ts";
import { openWindow, type WatchedWindow } from "../test-kit/watched-window.ts";
import * as staffAtWork from "./staff-at-work.ts";

const scenes = [
  { language: "ru", colorScheme: "light", named: "in Russian" },
  { language: "ky", colorScheme: "dark", named: "in Kyrgyz, on a dark screen" },
] as const;

for (const { language, colorScheme, named } of scenes) {
  suite(`the main job, ${named}, in a browser that runs no scripts`, () => {
    const path = (rest: string) => pathInLanguage(language, rest);
    const writer = markPerson(language, 31);
    const visitor = markPerson(language, 62);
    const finder = new MarkFinder(writer.marks);
    const lastLine = composeErased(language, { on: Temporal.Now.plainDateISO(), requestNumber: "1", receipts: 0 }).line;

    let resources: AsyncDisposableStack;
    let mail: MailServer;
    let server: RunningServer;
    let browser: Browser;
    let staff: WatchedWindow;
    let person: WatchedWindow;
    before(async () => {
      resources = new AsyncDisposableStack();
      mail = resources.use(await startMailServer());
      server = resources.use(await startServer({ SMTP_URL: mail.url }));
      browser = resources.use(await launchChromium());
      staff = resources.use(await openWindow(browser, server.origin, { colorScheme }));
      person = resources.use(await openWindow(browser, server.origin, { colorScheme }));
    });
    after(() => resources.disposeAsync());

    const namesNobody = (html: string) => assert.deepEqual(finder.find(staff.page.url(), html), []);

    test("the first administrator comes in by the link that the server printed", async () => {
      await staffAtWork.acceptInvitation(staff, server, language);
      await staffAtWork.signInAgain(staff, language);
    });

    test("a person reads what they agree to, sends the form and gets a letter", async () => {
      await person.open(path("/"));
      await person.open(path("/policy#16-2"));
      await person.open(path("/"));
      await person.press(person.page.locator(`main a[href="${path("/forms/enrol")}"]`).first());
      await sendForm(person, writer);
      const letter = await mail.waitForLetter(writer.email);
      assert.match(letter.text, new RegExp(path("/cabinet")));
    });

    test("staff see that data is there, and open the phone number for what it was given for", async () => {
      for (const html of await staffAtWork.openNewestEnquiry(staff, language)) namesNobody(html);
      await staffAtWork.choosePurpose(staff, "8.2");
      const html = await staffAtWork.askForPhone(staff);
      const shown = await staff.page.locator(".revealed").first().innerText();
      assert.equal(shown.replaceAll(/[^+\d]/g, ""), writer.phoneKept);
      const others = finder.find("the page", html).filter(({ mark }) => !mark.startsWith("phone"));
      assert.deepEqual(others, [], "nothing is opened that was not asked for");
    });

    test("while the data is there, it stands readable in no file, table, output or address", async () => {
      const { leaks } = await searchServer(server, writer.marks, [...person.requested, ...staff.requested]);
      assert.deepEqual(leaks, []);
    });

    let confirmation: string;
    let answerToKnown: string;
    test("the person writes the policy's letter and gets a link, which by itself does nothing", async () => {
      answerToKnown = await askForCode(person, writer);
      await demandStop(server, writer);
      confirmation = await confirmationPath(mail, writer);
      await person.open(confirmation);
      await person.open(confirmation);
      await staffAtWork.openNewestEnquiry(staff, language);
      await staffAtWork.choosePurpose(staff, "8.2");
      await staffAtWork.askForPhone(staff);
    });

    test("when they press the button, processing stops at once, before the data is gone", async () => {
      await staffAtWork.openNewestEnquiry(staff, language);
      await staffAtWork.choosePurpose(staff, "8.2");
      mail.hold();
      await person.press(person.page.getByRole("button", { name: confirmTexts[language].waiting.press }));
      assert.equal(await heading(person), confirmTexts[language].stopped.title);
      namesNobody(await staffAtWork.askForPhone(staff, 403));
      const notice = staff.page.getByRole("status");
      assert.ok((await notice.innerText()).includes(refusalTexts[language].stopped));
      assert.equal(await notice.getByRole("link").getAttribute("href"), path("/policy#17"));
      mail.release();
    });

    test("they get a last letter, and then everything is gone", async () => {
      await mail.waitForLetter(writer.email, ({ line }) => line === lastLine);
      await erasures(server, 1);
      await person.open(confirmation);
      assert.equal(await heading(person), confirmTexts[language].destroyed.title);
      const requests = await staff.open(path("/console/requests?view=closed"));
      assert.ok(requests.includes(consoleRequestsTexts[language].outcomes.destroyed));
      namesNobody(requests);
      namesNobody(await staff.press(staff.page.locator("main tbody a").first()));
      for (const state of ["open", "fulfilled", "stopped"]) {
        namesNobody(await staff.open(path(`/console/enquiries?state=${state}`)));
        assert.equal(await staff.page.locator("main tbody tr").count(), 0);
      }
      namesNobody(await staff.open(path("/console/enquiries/1"), 404));
      namesNobody(await staff.open(path("/console/letters")));
    });

    test("the cabinet answers as before, but no letter comes any more", async () => {
      const before = lettersTo(mail, writer).length;
      assert.equal(await askForCode(person, writer), answerToKnown);
      await using database = await server.openDatabase();
      const written = await database.db.selectFrom("letters.outgoing").select("letter_id").execute();
      assert.deepEqual(written, []);
      assert.equal(lettersTo(mail, writer).length, before);
    });

    test("the journal tells it all and names nobody", async () => {
      const { html, lines } = await staffAtWork.readJournal(staff, language);
      namesNobody(html);
      const names = operationNames[language];
      const told = lines.map(([, operation]) => operation);
      for (const operation of [names.collection, names.extraction, names.use, names.blocking]) {
        assert.ok(told.includes(operation), operation);
      }
      assert.equal(told.filter((operation) => operation === names.destruction).length, 1);
      const extraction = lines.findLast(([, operation]) => operation === names.extraction) ?? [];
      assert.ok(extraction[2]?.includes(staffAtWork.purposeTitle("8.2", language)));
      assert.equal(extraction[4], staffAtWork.staffName);
      const refused = lines.filter((cells) => cells[5]?.includes(refusalTexts[language].stopped));
      assert.equal(refused.length, 1, "the attempt after the stop");
    });

    test("another person takes the other road: the cabinet", async () => {
      await person.open(path("/forms/order"));
      await sendForm(person, visitor);
      await askForCode(person, visitor);
      await person.fill({ code: "000000" });
      const signIn = person.page.getByRole("button", { name: signInTexts[language].code.signIn });
      await person.press(signIn, 422);
      await person.fill({ code: await codeFor(mail, visitor) });
      const data = await person.press(signIn);
      for (const value of [visitor.surname, visitor.firstName, visitor.phoneKept, visitor.email]) {
        assert.ok(data.includes(value));
      }
      await person.open(path("/cabinet/history"));
      await person.open(path("/cabinet/requests"));
      await person.open(path("/cabinet/consents"));
      await person.press(person.page.locator('main button[name="withdraw"][value="8.4"]'));
      const notice = person.page.getByRole("status").getByRole("heading");
      assert.equal(await notice.innerText(), consentsTexts[language].withdrawn);
      const { leaks } = await searchServer(server, visitor.marks, person.requested);
      assert.deepEqual(leaks, []);
    });

    test("they delete everything, are told so by letter, and are signed out", async () => {
      await person.open(path("/cabinet/delete"));
      const confirm = person.page.getByRole("button", { name: deleteTexts[language].confirm });
      await person.press(confirm, 422);
      await person.page.locator('[name="understand"]').check();
      await person.press(confirm);
      await mail.waitForLetter(visitor.email, ({ line }) => line === lastLine);
      await erasures(server, 2);
      await person.open(path("/cabinet/farewell"));
      assert.equal(await heading(person), deleteTexts[language].farewell.destroyedHeading);
      await person.open(path("/cabinet"));
      assert.equal(new URL(person.page.url()).pathname, path("/cabinet/sign-in"));
    });

    test("afterwards nothing of either can be found anywhere", async () => {
      for (const { marks } of [writer, visitor]) {
        const { leaks } = await searchServer(server, marks, [...person.requested, ...staff.requested]);
        assert.deepEqual(leaks, []);
      }
    });
  });
}

/** Fills in the form that is open, at first with an impossible phone number and without the declaration. */
async function sendForm(window: WatchedWindow, person: MarkedPerson): Promise<void> {
  const button = window.page.locator("main form button");
  await window.fill({ ...typed(person), phone: `${person.phone}77777` });
  await window.press(button, 422);
  await window.fill({ phone: person.phone });
  await window.page.locator('[name="purpose-8.4"]').check();
  await window.page.locator('[name="declared"]').check();
  await window.press(button);
  assert.equal(await heading(window), formTexts[person.language].received.title);
}

/** Returns what the page says after it. */
async function askForCode(window: WatchedWindow, { email, language }: MarkedPerson): Promise<string> {
  await window.open(pathInLanguage(language, "/cabinet/sign-in"));
  await window.fill({ email });
  await window.press(window.page.getByRole("button", { name: signInTexts[language].askCode }));
  return window.page.locator("main").innerText();
}

function heading({ page }: WatchedWindow): Promise<string> {
  return page.locator("h1").innerText();
}

/** Waits until the server says that so many erasures have been finished. */
async function erasures(server: RunningServer, count: number): Promise<void> {
  const signal = AbortSignal.timeout(30_000);
  while ((server.output().match(/"event":"erasure-finished"/g) ?? []).length < count) {
    await pause(50, undefined, { signal });
  }
}
