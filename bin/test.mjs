#!/usr/bin/env node
// `npm test`: the checks, then every test. `npm test -- policy consent`: only the test files whose path
// contains one of the words, without the checks.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { argv, exit, stderr } from "node:process";
import { check } from "./check.mjs";
import { exitLike, runNode } from "./run.mjs";
import { root } from "./setup.mjs";

/** The paths of all test files, relative to the root, in a stable order. */
function findTests(folder = "") {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isSource(path) ? findTests(path) : [];
    return /\.test\.tsx?$/.test(path) ? [path] : [];
  });
  return paths.sort();
}

function isSource(folder) {
  return !/^(node_modules|\..*|data.*|tmp)$/.test(folder);
}

const words = argv.slice(2);
const files = findTests().filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
if (files.length === 0) {
  stderr.write(`No test file has ${words.join(" or ")} in its path.\n`);
  exit(1);
}

const failed = words.length === 0 ? await check() : 0;
if (failed !== 0) exitLike(failed);
else {
  const options = [
    "--test",
    "--test-global-setup=test-kit/global-setup.ts",
    "--test-concurrency=2",
    "--test-timeout=300000",
    "--test-reporter=spec",
  ];
  exitLike(await runNode([...options, ...files], { cwd: root }));
}
