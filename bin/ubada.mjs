#!/usr/bin/env node
// `ubada <command>`: sets up what is missing, then runs the command line in server/cli, from any folder.
import { join } from "node:path";
import { argv } from "node:process";
import { exitLike, runNode } from "./run.mjs";
import { root, setUpOrExit } from "./setup.mjs";

await setUpOrExit("start");
exitLike(await runNode([join(root, "server", "cli", "main.ts"), ...argv.slice(2)]));
