#!/usr/bin/env node
// What can be said about the source without running it: types, lint, unused code, and that schema.sql is what
// the migrations make. Stops at the first that fails.
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { argv, exit, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { node, root } from "./setup.mjs";
import { runNode, runProgram } from "./run.mjs";

const tool = (name) => join(root, "node_modules", ".bin", name);

const pure = join(root, "policy", "tsconfig.json");

const checks = [
  ["types", () => runProgram(node, [tool("tsc"), "-p", join(root, "tsconfig.json")])],
  // Compiled without Node's types and the DOM's: what is pure cannot even name a file or a clock of theirs.
  ["types of the pure packages", () => runProgram(node, [tool("tsc"), "-p", pure])],
  ["lint", () => runProgram(node, [tool("oxlint"), "--quiet"], { cwd: root })],
  ["unused code", () => runProgram(node, [tool("knip"), "--no-progress", "--no-config-hints"], { cwd: root })],
  ["schema dump", () => runNode([join(root, "server", "database", "dump-schema.ts"), "--check"])],
];

/** Runs the checks in turn, each with its time; resolves to the exit code of the first that fails, or 0. */
export async function check() {
  for (const [name, run] of checks) {
    const began = performance.now();
    const code = await run();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    stdout.write(`${code === 0 ? "✔" : "✖"} ${name} (${seconds} s)\n`);
    if (code !== 0) return code;
  }
  return 0;
}

if (argv[1] && fileURLToPath(import.meta.url) === realpathSync(argv[1])) exit(await check());
