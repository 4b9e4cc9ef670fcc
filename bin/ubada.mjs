#!/usr/bin/env node
// `ubada <command>`: sets up what is missing, then runs the command line in server/cli, from any folder.
import { join } from "node:path";
import { argv } from "node:process";
import { exitLike, runNode } from "./run.mjs";
import { root, setUpOrExit } from "./setup.mjs";

const main = join(root, "server", "cli", "main.ts");

// What is compiled here is kept, so that the first start is as quick, and as small, as every later one.
const compiled = (await setUpOrExit("start")) ? await runNode([main, "start", "--help"], { stdio: "ignore" }) : 0;
// Whoever stopped that (128 + signal) wants no start either.
exitLike(compiled > 128 ? compiled : await runNode([main, ...argv.slice(2)]));
