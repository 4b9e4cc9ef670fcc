import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { openWindow } from "./watched-window.ts";

/** Pages with one fault each, to show that the watch sees it. */
const pages: Readonly<Record<string, string>> = {
  "/ru/good": page("<p>Всё хорошо.</p>"),
  "/ru/picture-without-words": page('<img src="/ru/good">'),
  "/ru/too-wide": page('<p style="width: 700px">Слишком широко.</p>'),
  "/ru/from-elsewhere": page('<img alt="" src="http://127.0.0.2:9/picture.png">'),
  "/ky/wrong-language": page("<p>Всё хорошо.</p>"),
};

function page(content: string): string {
  const head = '<meta charset="utf-8"><title>Проба</title><link rel="icon" href="data:,">';
  const viewport = '<meta name="viewport" content="width=device-width">';
  const body = `<main><h1>Проба</h1>${content}</main>`;
  return `<!doctype html><html lang="ru"><head>${head}${viewport}</head><body>${body}</body></html>`;
}

let server: Server;
let origin: string;
let browser: Browser;
before(async () => {
  server = createServer((request, answer) => {
    const found = pages[request.url ?? ""];
    answer.writeHead(found === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    answer.end(found ?? page("<p>Нет такой страницы.</p>"));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  server?.close();
});

const faults = {
  "/ru/picture-without-words": /image-alt/,
  "/ru/too-wide": /needs \d+ px, has 360/,
  "/ru/from-elsewhere": /asked of another site/,
  "/ky/wrong-language": /says that it is in ru/,
  "/ru/nowhere": /404 !== 200/,
} as const;

test("a page without fault is let through, and its address remembered", async () => {
  await using window = await openWindow(browser, origin, {});
  assert.match(await window.open("/ru/good"), /Всё хорошо/);
  assert.ok(window.requested.includes(`${origin}/ru/good`));
});

for (const [path, message] of Object.entries(faults)) {
  test(`the watch sees the fault of ${path}`, async () => {
    await using window = await openWindow(browser, origin, {});
    await assert.rejects(window.open(path), { message });
  });
}
