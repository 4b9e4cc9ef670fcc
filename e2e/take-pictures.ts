import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { demoPeople } from "../server/demo/people.ts";
import { launchChromium } from "../test-kit/chromium.ts";
import { visit } from "../test-kit/journey.ts";
import { type RunningServer, startServer } from "../test-kit/running-server.ts";
import { openWindow } from "../test-kit/watched-window.ts";
import { acceptInvitation, askForPhone, choosePurpose } from "./staff-at-work.ts";

/** Takes the pictures of the README anew, with the invented people of the demo: node bin/run.mjs e2e/take-pictures.ts */
const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
await mkdir(folder, { recursive: true });
await using server = await startServer();
await sendDemoForms(server);
await using browser = await launchChromium();
// 1280 × 800 pixels that show as much as a larger screen.
const screen = { viewport: { width: 1920, height: 1200 }, deviceScaleFactor: 2 / 3 };
await using window = await openWindow(browser, server.origin, screen);
const take = (name: string) => window.page.screenshot({ path: `${folder}${name}.png` });

await window.open("/ru/forms/enrol");
await window.fill({ surname: "Примерова", firstName: "Алина", phone: "0555 000 101", email: "alina@example.org" });
await window.page.locator("h1").click();
await take("form");
await acceptInvitation(window, server, "ru");
await window.open("/ru/console/enquiries/4");
await choosePurpose(window, "8.2");
await askForPhone(window);
await take("console");

async function sendDemoForms({ origin }: RunningServer): Promise<void> {
  for (const { form, language, ticked, ...typed } of demoPeople) {
    const boxes = Object.fromEntries(ticked.map((purpose) => [`purpose-${purpose}`, "yes"]));
    const answer = await visit({ origin }).post(`/${language}/forms/${form}`, { ...typed, ...boxes, declared: "yes" });
    if (answer.status !== 303) throw new Error(`a form of the demo was answered with ${answer.status}`);
  }
}
