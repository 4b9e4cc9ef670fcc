#!/usr/bin/env node
// Makes sure that everything Ubada runs on is installed. Every npm script calls this first, so it is plain
// JavaScript for whatever Node the machine has (18 or later), and quick when there is nothing to do.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { argv, env, execPath, exit, kill, pid, platform, arch, stderr } from "node:process";
import { fileURLToPath } from "node:url";
import { holdLock } from "./hold-lock.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
export const node = join(root, "node_modules", ".bin", "node");

const lockFile = join(root, "package-lock.json");
const stampFile = join(root, "node_modules", ".ubada-setup");
const notWritable =
  `This folder may not be written to (${root}). Run as the user who owns it, or make a clone of your own.`;

/**
 * Installs what is missing: for running (`start`), or for running and testing (`tests`). Does nothing when
 * the stamp in node_modules says that it was done for this very lock file. Two at once wait for each other. Says
 * whether the set-up is new: done, or found done, and now remembered.
 *
 * @param {"start" | "tests"} mode
 * @returns {Promise<boolean>}
 */
export async function setUp(mode) {
  if (isDone(mode)) return false;
  if (isInstalled(mode)) return remember(mode);
  const lock = await holdLock(join(root, "tmp", "setup.lock"), () =>
    say("Another set-up of this folder is running; waiting for it to finish."),
  );
  try {
    if (isDone(mode)) return false;
    await install(mode);
    requireNode();
    return remember(mode);
  } finally {
    lock.release();
  }
}

/**
 * Leaves the stamp. Where this user may not write (packages installed by root), the next start looks again; false then.
 */
function remember(mode) {
  try {
    writeFileSync(stampFile, stamp(mode));
    return true;
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return false;
  }
}

/** What the stamp says when the set-up for `mode` was done: other binaries are needed on another platform. */
function stamp(mode) {
  const digest = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  return JSON.stringify({ lock: digest, mode, platform: `${platform}-${arch}` });
}

function isDone(mode) {
  if (!existsSync(stampFile) || !existsSync(node)) return false;
  const found = readFileSync(stampFile, "utf8");
  return found === stamp("tests") || found === stamp(mode);
}

/** True when someone ran npm themselves and its own record says that every package is there as locked. */
function isInstalled(mode) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record) || !answers(node)) return false;
  const installed = packagesOf(record) ?? {};
  const locked = Object.entries(packagesOf(lockFile) ?? {});
  return locked.length > 0 && locked.every(([path, wanted]) => {
    if (path === "" || (wanted.dev && mode === "start")) return true;
    const found = installed[path];
    if (!found) return Boolean(wanted.optional || wanted.devOptional);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * The packages that a lock file or npm's record names; nothing while another npm is halfway through writing
 * it.
 */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

// Not `npm ci`: that empties node_modules under a server which may be running from this folder, and refuses a
// lock file whose registry did not offer the optional packages of every other platform.
async function install(mode) {
  const scope = mode === "tests" ? "--include=dev" : "--omit=dev";
  const what = mode === "tests" ? "what Ubada and its tests need" : "what Ubada needs";
  const done = progress(`Installing ${what} (once, about a minute)`);
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier"];
  const patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  const { code, errors } = await runNpm(["install", "--no-save", scope, ...quiet, ...patience]);
  done(code === 0);
  if (code === 0) return;
  stderr.write(errors);
  fail(explain(errors));
}

function runNpm(args) {
  const [command, ...first] = npmCommand();
  const child = spawn(command, [...first, ...args], {
    cwd: root,
    env: { ...env, PATH: pathWithoutOurs() },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = () => child.kill("SIGTERM");
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 1, errors: `npm error code ${error.code} npm\n` }));
    child.on("close", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, stop);
      if (signal) kill(pid, signal); // we were asked to stop while npm ran: end as asked
      resolve({ code: code ?? 1, errors });
    });
  });
}

/** The npm that runs us, under the Node that runs it; our own node_modules is about to be replaced. */
function npmCommand() {
  const npm = env.npm_execpath;
  if (!npm || basename(npm) !== "npm-cli.js") return ["npm"];
  const ours = join(root, "node_modules");
  const runtime = [env.npm_node_execpath, execPath].find((path) => path && !path.startsWith(ours));
  return [runtime ?? "node", npm];
}

function pathWithoutOurs() {
  const ours = join(root, "node_modules");
  return (env.PATH ?? "").split(delimiter).filter((folder) => !folder.startsWith(ours)).join(delimiter);
}

function isForbidden(error) {
  return ["EACCES", "EPERM", "EROFS"].includes(error.code);
}

function answers(command) {
  const { status, stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  return status === 0 && /^v\d+/.test(stdout);
}

function requireNode() {
  if (answers(node)) return;
  fail(
    existsSync(node)
      ? `The Node.js that Ubada brings along does not run on this machine (${platform}-${arch}); ` +
          "it needs Linux or macOS, 64 bit."
      : "The install scripts of the packages did not run, so Node.js 26 is missing. npm is probably set to " +
          "ignore-scripts: run `npm rebuild --ignore-scripts=false` once in this folder " +
          "(package.json, allowScripts, lists the packages that need it).",
  );
}

const offline = [
  ...["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ERR_SOCKET_TIMEOUT"],
  ...["ENETUNREACH", "EHOSTUNREACH"],
];

const reasons = [
  {
    codes: offline,
    sentence:
      "The packages could not be fetched: the package registry cannot be reached. " +
      "Check the network (and a proxy), then run the same command again.",
  },
  {
    codes: ["ENOSPC", "EDQUOT"],
    sentence:
      "The disk is full: Ubada needs about 1 GB for its packages. " +
      "Free some space, then run the same command again.",
  },
  { codes: ["EACCES", "EPERM", "EROFS"], sentence: notWritable },
  {
    codes: ["EINTEGRITY"],
    sentence:
      "A fetched package is not the one that package-lock.json names. Do not go on; " +
      "run `npm cache clean --force`, then the same command again.",
  },
  {
    codes: ["ENOENT"],
    sentence:
      "npm was not found. Install Node.js 18 or later, which brings npm, then run the same command again.",
  },
];

/** One sentence for the person at the terminal from npm's own error code. */
function explain(errors) {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(errors)?.[1] ?? "";
  const reason = reasons.find(({ codes }) => codes.includes(code));
  if (reason) return reason.sentence;
  return `The packages could not be installed${code && ` (${code})`}; npm's own words are above.`;
}

/** Says what goes on; at a terminal with the seconds that have passed, so that it does not look dead. */
function progress(sentence) {
  if (!stderr.isTTY) {
    say(`${sentence} …`);
    return () => {};
  }
  let seconds = 0;
  const show = () => stderr.write(`\r${sentence} … ${seconds++} s`);
  show();
  const timer = setInterval(show, 1000);
  return (well) => {
    clearInterval(timer);
    stderr.write(well ? " done.\n" : "\n");
  };
}

// Always standard error: the standard output of a command belongs to its answer.
function say(sentence) {
  stderr.write(`${sentence}\n`);
}

function fail(sentence) {
  throw new SetUpError(sentence);
}

/** The set-up cannot go on; the message is for the person at the terminal. */
export class SetUpError extends Error {
  code = "SET_UP_FAILED";
}

/** Runs the set-up for a program in this folder, as `setUp`; a failure is one sentence and exit code 1. */
export async function setUpOrExit(mode) {
  try {
    return await setUp(mode);
  } catch (error) {
    if (!(error instanceof SetUpError) && !isForbidden(error)) throw error;
    say(isForbidden(error) ? notWritable : error.message);
    exit(1);
  }
}

if (argv[1] && fileURLToPath(import.meta.url) === realpathSync(argv[1])) {
  await setUpOrExit(argv.includes("--with-tests") ? "tests" : "start");
}
