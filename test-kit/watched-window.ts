import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
  Response,
} from "playwright-core";

const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const wide = { width: 1280, height: 800 };
const narrow = { width: 360, height: 800 };

/**
 * A window of a browser that runs no scripts. Every page it comes to is examined: whether everybody can use
 * it (axe), whether it fits a narrow screen, whether it is in the language of its address; and nothing may be
 * asked of another site, nor complained of in the browser's console.
 */
export interface WatchedWindow extends AsyncDisposable {
  readonly page: Page;
  /** Every address that was asked for, by pages, styles and pictures too. */
  readonly requested: readonly string[];
  /** Goes to an address of the site. This and `press` return the HTML of the page that comes. */
  open(path: string, status?: number): Promise<string>;
  /** Follows a link or presses a button. */
  press(what: Locator, status?: number): Promise<string>;
  /** Types into the fields with these names. */
  fill(fields: Readonly<Record<string, string>>): Promise<void>;
}

/** `screen`: what the person has, and how they have set it. */
export async function openWindow(
  browser: Browser,
  origin: string,
  screen: Pick<BrowserContextOptions, "colorScheme" | "viewport" | "deviceScaleFactor">,
): Promise<WatchedWindow> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: wide, ...screen });
  const examiner = await browser.newContext(screen);
  const faults: string[] = [];
  const requested: string[] = [];
  let expected = 200;
  context.on("request", (request) => requested.push(request.url()));
  for (const watched of [context, examiner]) {
    watched.on("request", (request) => {
      if (URL.parse(request.url())?.origin !== origin) faults.push(`asked of another site: ${request.url()}`);
    });
    watched.on("console", (message) => {
      const text = message.text();
      // The browser reports every refusal; this one is the answer that the story expects.
      if (expected >= 400 && text.includes(`status of ${expected}`)) return;
      faults.push(`${message.type()} in the console of ${message.location().url}: ${text}`);
    });
  }
  const page = await context.newPage();
  const examine = await createExaminer(examiner);

  const arrive = async (status: number, go: () => Promise<unknown>) => {
    expected = status;
    const [answer] = await Promise.all([nextDocument(page), go()]);
    const html = await answer.text();
    assert.equal(answer.status(), status, `${page.url()}: ${await mainText(page)}`);
    await page.waitForLoadState();
    faults.push(...(await examine(answer, html)));
    assert.deepEqual(faults, []);
    return html;
  };
  return {
    page,
    requested,
    open: (path, status = 200) => arrive(status, () => page.goto(new URL(path, origin).href)),
    press: (what, status = 200) => arrive(status, () => what.click()),
    async fill(fields) {
      for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await examiner.close();
    },
  };
}

/** The document that a click or an address leads to, redirects passed over. */
function nextDocument(page: Page): Promise<Response> {
  const isDocument = (answer: Response) =>
    answer.frame() === page.mainFrame() &&
    answer.request().isNavigationRequest() &&
    (answer.status() < 300 || answer.status() >= 400);
  return page.waitForEvent("response", { predicate: isDocument, timeout: 30_000 });
}

function mainText(page: Page): Promise<string> {
  return page.locator("main").innerText({ timeout: 5_000 }).catch(() => "");
}

/** Examines a copy of each page in a window that does run scripts, since the examination is one. */
async function createExaminer(context: BrowserContext) {
  const copy = await context.newPage();
  const known = new Set<string>();
  return async (answer: Response, html: string): Promise<readonly string[]> => {
    if (known.has(html)) return [];
    known.add(html);
    const url = answer.url();
    const headers = await answer.allHeaders();
    await copy.setViewportSize(wide);
    await copy.route(url, (route) => route.fulfill({ status: 200, headers, body: html }));
    await copy.goto(url);
    await copy.unroute(url);
    await copy.evaluate(axe);
    const faults = [...(await wrongLanguage(copy, url))];
    for (const size of [wide, narrow]) {
      await copy.setViewportSize(size);
      const found = [...(await audit(copy)), ...(await overflow(copy))];
      faults.push(...found.map((fault) => `${new URL(url).pathname} at ${size.width} px: ${fault}`));
    }
    return faults;
  };
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function audit(copy: Page): Promise<readonly string[]> {
  const found = await copy.evaluate<readonly Violation[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)",
  );
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
}

async function overflow(copy: Page): Promise<readonly string[]> {
  const widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
  const [needed = 0, there = 0] = await copy.evaluate<readonly number[]>(widths);
  return needed > there ? [`needs ${needed} px, has ${there}`] : [];
}

async function wrongLanguage(copy: Page, url: string): Promise<readonly string[]> {
  const stated = await copy.locator("html").getAttribute("lang");
  const wanted = new URL(url).pathname.split("/")[1];
  return stated === wanted ? [] : [`${url} says that it is in ${stated}`];
}
