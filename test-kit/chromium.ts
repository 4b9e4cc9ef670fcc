import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { unpackChromium } from "./packaged-chromium.ts";

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
    const remedy = "install it (Debian: apt-get install chromium) or name one: CHROMIUM=/path npm test";
    super(`No Chromium starts here; ${remedy}`, { cause });
  }
}

/**
 * Starts the Chromium of this machine, or else the one that an npm package brings (Linux; wants libnss3). The
 * flags which that package proposes are not taken: they switch off the same-origin policy, which our tests
 * are about.
 */
export async function launchChromium(): Promise<Browser> {
  const found = installed.find((path) => path !== undefined && existsSync(path));
  // Chromium's sandbox refuses to run as root, which a container's tests usually are.
  const args = [...quiet, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  try {
    return await chromium.launch({ executablePath: found ?? (await unpackChromium()), args });
  } catch (error) {
    throw new NoBrowser(error);
  }
}
