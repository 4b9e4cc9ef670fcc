import { spawn } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
// Not beside this file: the checks and the tests read every source under `bench`, and these are not ours.
const folder = fileURLToPath(new URL("../../tmp/bench-peers", import.meta.url));

/** Gives what a package exports. */
export type Load = (name: string) => unknown;

/**
 * Installs the pinned peers where git does not look; quick, and without the network, when they are there.
 *
 * @returns how to load them; or npm's own words, when they cannot be had
 */
export async function installPeers(): Promise<{ readonly load: Load } | { readonly unavailable: string }> {
  await mkdir(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) await copyFile(join(here, file), join(folder, file));
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier"];
  const patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000", "--fetch-timeout=20000"];
  const npm = spawn("npm", ["install", "--no-save", "--ignore-scripts", "--prefer-offline", ...quiet, ...patience], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  npm.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve) => {
    npm.on("error", (error) => {
      errors += error.message;
      resolve(1);
    });
    npm.on("close", resolve);
  });
  return code === 0 ? { load: createRequire(join(folder, "package.json")) } : { unavailable: errors.trim() };
}
