import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import packaged from "@sparticuz/chromium";

const modules = fileURLToPath(new URL("../node_modules/", import.meta.url));
const cache = join(modules, ".cache");
const { version } = JSON.parse(readFileSync(join(modules, "@sparticuz/chromium/package.json"), "utf8")) as {
  readonly version: string;
};
const home = join(cache, `ubada-chromium-${version}`);

/**
 * Unpacks the Chromium of the npm package once and returns its path. The package itself unpacks into the
 * machine's temporary folder under a name that anyone may have taken before, and two at once see each other's
 * half of it; so it unpacks into a folder of our own, which then appears whole.
 */
export async function unpackChromium(): Promise<string> {
  const binary = join(home, "chromium");
  if (existsSync(binary)) return binary;
  await mkdir(cache, { recursive: true });
  const unpacking = await mkdtemp(join(cache, "unpacking-chromium-"));
  try {
    await withTemporaryFolder(unpacking, () => packaged.executablePath());
    await rename(unpacking, home);
  } catch (error) {
    // Another test process was first.
    if (!existsSync(binary)) throw error;
  } finally {
    await rm(unpacking, { recursive: true, force: true });
  }
  return binary;
}

async function withTemporaryFolder(folder: string, run: () => Promise<unknown>): Promise<void> {
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}
