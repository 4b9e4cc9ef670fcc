import { existsSync } from "node:fs";
import packaged from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const installed = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The browser looks nothing up by itself: it talks to the pages under test and to nobody else. */
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** No browser could be started; says what to install. */
export class NoBrowser extends Error {
  readonly code = "no-browser";
  constructor(cause: unknown) {
    super("No Chromium starts here; install it (Debian: apt-get install chromium) or name one: CHROMIUM=/path npm test", {
      cause,
    });
  }
}

/** Starts the Chromium of this machine, or else the one that an npm package brings. */
export async function launchChromium(): Promise<Browser> {
  const found = installed.find((path) => path !== undefined && existsSync(path));
  // Chromium's sandbox refuses to run as root, which a container's tests usually are.
  const args = [...quiet, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  try {
    if (found !== undefined) return await chromium.launch({ executablePath: found, args });
    const executablePath = await packaged.executablePath();
    return await chromium.launch({ executablePath, args: [...packaged.args, ...quiet] });
  } catch (error) {
    throw new NoBrowser(error);
  }
}
