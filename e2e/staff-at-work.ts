import assert from "node:assert/strict";
import { policy } from "../server/config/policy.ts";
import { type Language, pathInLanguage } from "../server/language/language.ts";
import { consoleSignInTexts } from "../server/web/texts/console-sign-in.ts";
import type { RunningServer } from "../test-kit/running-server.ts";
import type { WatchedWindow } from "../test-kit/watched-window.ts";

/** What the member of staff is called in the journal. */
export const staffName = "Администратор Примеров";

const credentials = { login: "primer", password: "высокая гора, синее озеро" };

/** The first administrator comes in by the link that the server printed. */
export async function acceptInvitation(
  window: WatchedWindow,
  server: RunningServer,
  language: Language,
): Promise<void> {
  const { pathname } = new URL(server.invitation());
  await window.open(pathname.replace(/^\/\w+/, `/${language}`));
  await window.fill({ ...credentials, password: "коротко", name: staffName });
  const button = window.page.getByRole("button", { name: consoleSignInTexts[language].invitation.button });
  await window.press(button, 422);
  await window.fill(credentials);
  await window.press(button);
  assert.equal(new URL(window.page.url()).pathname, pathInLanguage(language, "/console"));
}

/** Signs out and in again, the first time with a wrong password. */
export async function signInAgain(window: WatchedWindow, language: Language): Promise<void> {
  await window.press(window.page.locator(".sign-out button"));
  const button = window.page.getByRole("button", { name: consoleSignInTexts[language].signIn.button });
  await window.fill({ ...credentials, password: "не тот пароль" });
  await window.press(button, 401);
  await window.fill(credentials);
  await window.press(button);
}

/** Opens the newest enquiry from the list; returns the HTML of both pages, which show no data. */
export async function openNewestEnquiry(
  window: WatchedWindow,
  language: Language,
): Promise<readonly string[]> {
  const list = await window.open(pathInLanguage(language, "/console/enquiries"));
  return [list, await window.press(window.page.locator("main tbody a").first())];
}

/** Says for which purpose the phone number is wanted. */
export async function choosePurpose(window: WatchedWindow, purpose: string): Promise<void> {
  await phoneForm(window).locator("select").selectOption(purpose);
}

/** Presses «show» beside the phone number. */
export function askForPhone(window: WatchedWindow, status = 200): Promise<string> {
  return window.press(phoneForm(window).locator('button[value="phone"]'), status);
}

function phoneForm({ page }: WatchedWindow) {
  return page.locator('main form:has(button[value="phone"])');
}

/** The lines of the journal, the newest first, each as the texts of its cells. */
export async function readJournal(window: WatchedWindow, language: Language) {
  const html = await window.open(pathInLanguage(language, "/console/journal"));
  const rows = await window.page.locator("main tbody tr").all();
  const lines = await Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
  return { html, lines: lines.map((cells) => cells.map((cell) => cell.trim())) };
}

/** What a purpose is called in the journal. */
export function purposeTitle(purpose: keyof typeof policy.purposes, language: Language): string {
  return policy.purposes[purpose].title[language];
}
