import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../../test-kit/chromium.ts";
import { consentBy, requestFor, withdrawalOf } from "../../receipts/receipts-scene.ts";
import { renderReceiptDocument } from "./receipt-document.tsx";
import { receiptOf } from "./receipt-document-scene.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "receipts-"));
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const screens = [
  { language: "ru", width: 1000, colorScheme: "light" },
  { language: "ky", width: 360, colorScheme: "dark" },
  { language: "en", width: 360, colorScheme: "light" },
  { language: "ru", width: 1000, colorScheme: "dark" },
] as const;

for (const { language, width, colorScheme } of screens) {
  test(`a receipt opened from a disk can be used by everybody: ${language}, ${width} px, ${colorScheme}`, async () => {
    const contents = [consentBy("enrol", language, ["8.3", "8.8"]), withdrawalOf("8.8"), requestFor("stop", language)];
    for (const content of contents) {
      const file = join(folder, `${content.kind}-${language}.html`);
      // What goes between the data and the closing tags is the signature.
      writeFileSync(file, `${renderReceiptDocument(receiptOf(content, language))}</body></html>`);
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const asked: string[] = [];
      const said: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => said.push(message.text()));
      const { href } = pathToFileURL(file);
      await page.goto(href);
      assert.deepEqual(asked, [href]);
      assert.deepEqual(said, []);
      assert.deepEqual(await faultsOf(page), [], content.kind);
      await page.close();
    }
  });
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
