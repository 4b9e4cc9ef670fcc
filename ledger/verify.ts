#!/usr/bin/env node
// Checks a log, or one entry of it, with nothing but Node 26: see README.md.
import { argv, stderr, stdout } from "node:process";
import { runVerify } from "./verify-command.ts";

let shown = "";

/** Once for each percent, over the same line of the terminal. */
function showProgress(checked: number, total: number): void {
  const line = `${Math.floor((checked / total) * 100)} % of ${total} entries`;
  if (line === shown) return;
  stderr.write(`\r${line}`);
  shown = line;
}

function out(line: string): void {
  if (shown !== "") stderr.write(`\r${" ".repeat(shown.length)}\r`);
  stdout.write(`${line}\n`);
}

// An exit code that is set lets the last lines be written; ending at once would not.
process.exitCode = await runVerify(argv.slice(2), stderr.isTTY ? { out, progress: showProgress } : { out });
