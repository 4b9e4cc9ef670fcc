import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { policy } from "../config/policy.ts";
import { type Config, ConfigError, readConfig } from "../config/read-config.ts";
import { checkDatabase } from "../doctor/check-database.ts";
import { checkLedgerLag } from "../doctor/check-ledger-lag.ts";
import { checkPromises } from "../doctor/check-promises.ts";
import { checkSecrets } from "../doctor/check-secrets.ts";
import { checkWitnesses } from "../doctor/check-witnesses.ts";
import type { Finding } from "../doctor/finding.ts";
import { type Command, CommandError } from "./command.ts";
import { findRunningDatabase, isConnectionError } from "./running-database.ts";

const marks = { good: "ok  ", warning: "note", bad: "BAD " } as const;

export const doctor: Command = {
  name: "doctor",
  summary: "what is misconfigured, unsafe, late or outside the country",
  usage: [
    "ubada doctor [--json]",
    "",
    "Checks settings, keys, the running database, what is late, and where data is stored.",
    "Exits with 1 if something is bad. Reads the same settings as `ubada start`.",
  ].join("\n"),
  async run(args, io) {
    const json = readArguments(args);
    const findings = await examine();
    if (json) io.out(JSON.stringify(findings, null, 2));
    else for (const { level, sentence } of findings) io.out(`${marks[level]}  ${sentence}`);
    return findings.some((finding) => finding.level === "bad") ? 1 : 0;
  },
};

function readArguments(args: readonly string[]): boolean {
  try {
    return parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }).values.json;
  } catch (cause) {
    throw new CommandError("That option is unknown; see: ubada doctor --help", { cause });
  }
}

async function examine(): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = readConfig(process.env, "production");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split("\n").map((sentence) => ({ level: "bad", sentence }));
  }
  const findings = [...checkConfig(config)];
  const secrets = join(config.dataDirectory, "secrets");
  if (!existsSync(secrets)) {
    return [...findings, { level: "warning", sentence: `There is no data in ${config.dataDirectory} yet; run: npm start` }];
  }
  return [...findings, ...(await checkSecrets(secrets)), ...(await examineDatabase(config))];
}

function checkConfig(config: Config): readonly Finding[] {
  return [
    config.https
      ? { level: "good", sentence: `People reach the site at ${config.origin}.` }
      : { level: "warning", sentence: `PUBLIC_URL is ${config.origin}, which is not https; set the real address before going live.` },
    config.smtpUrl === undefined
      ? {
          level: "warning",
          sentence: "No SMTP_URL is set: letters wait in the console to be passed on by hand, and nobody can sign in to the cabinet.",
        }
      : { level: "good", sentence: "Outgoing letters leave by SMTP." },
    {
      level: "warning",
      sentence: `Clause 11.1 promises databases in ${policy.storageCountry}; only you know where this machine stands. Check it.`,
    },
  ];
}

async function examineDatabase(config: Config): Promise<readonly Finding[]> {
  await using running = (await findRunningDatabase(config)) ?? null;
  if (running === null) return [{ level: "warning", sentence: "Ubada has not run on this folder yet; run: npm start" }];
  const today = Temporal.Now.plainDateISO(policy.controller.timeZone);
  try {
    const { db } = running;
    const now = Temporal.Now.instant();
    const ledger = [await checkLedgerLag(db, now), ...(await checkWitnesses(db, config.witnesses, now))];
    return [...(await checkDatabase(db)), ...(await checkPromises(db, today)), ...ledger];
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    return [{ level: "bad", sentence: "The database does not answer, so what is late was not checked; run: npm start" }];
  }
}
