import { resolve } from "node:path";
import { isLoopback } from "./loopback.ts";
import { readWitnesses, type Witness } from "./read-witnesses.ts";

/** What the operator decided, read once from the environment. Holds no secret but what the two URLs carry. */
export interface Config {
  readonly kind: "production" | "demo";
  readonly host: string;
  readonly port: number;
  /** Where people reach the site, without a trailing slash; links in letters begin with it. */
  readonly origin: string;
  readonly https: boolean;
  readonly dataDirectory: string;
  readonly databaseUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** How many forms one client may post in a minute; guards against floods, not against people. */
  readonly postsPerMinute: number;
  /** For how many days backups are kept, and with them a key-encryption key that only they need. */
  readonly backupWindowDays: number;
  /** For how many months entries of the journal are kept at least. */
  readonly journalRetentionMonths: number;
  /** Whether a proxy of ours stands in front and names the client in X-Forwarded-For. */
  readonly behindProxy: boolean;
  /** The operator says that the clock is right now, and was ahead when the ledger was signed last. */
  readonly clockWasAhead: boolean;
  /** Who cosigns the checkpoints of the ledger; usually nobody or a few. */
  readonly witnesses: readonly Witness[];
  readonly intake: { readonly host: string; readonly port: number; readonly protocol: "smtp" | "lmtp" };
}

/**
 * Neither the policy nor any law that was found says how long records of processing are kept. The one term found is
 * Russian, for the act of a destruction and its log: three years (Roskomnadzor, order 179 of 2022). Less is not accepted.
 */
export const fewestJournalMonths = 36;

/** One or more settings that cannot be obeyed; each sentence says which and what to do. */
export class ConfigError extends Error {
  readonly code = "config";
  constructor(sentences: readonly string[]) {
    super(sentences.join("\n"));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings, with defaults, and checks them against each other. Throws `ConfigError` with every fault. */
export function readConfig(env: Environment, kind: Config["kind"]): Config {
  const faults: string[] = [];
  const host = env["HOST"] ?? "127.0.0.1";
  const port = readPort(env, "PORT", 8080, faults);
  const origin = readOrigin(env["PUBLIC_URL"] ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`, faults);
  const protocol = env["INTAKE_PROTOCOL"] ?? "smtp";
  if (protocol !== "smtp" && protocol !== "lmtp") faults.push("INTAKE_PROTOCOL is neither smtp nor lmtp; set one of them.");
  const config: Config = {
    kind,
    host,
    port,
    origin,
    https: origin.startsWith("https:"),
    dataDirectory: resolve(env["UBADA_DATA"] ?? (kind === "demo" ? "data-demo" : "data")),
    databaseUrl: readUrl(env, "DATABASE_URL", ["postgres:", "postgresql:"], faults),
    smtpUrl: readUrl(env, "SMTP_URL", ["smtp:", "smtps:"], faults),
    mailFrom: env["MAIL_FROM"],
    postsPerMinute: readCount(env, "POSTS_PER_MINUTE", 60, faults),
    backupWindowDays: readCount(env, "BACKUP_WINDOW_DAYS", 30, faults),
    journalRetentionMonths: readCount(env, "JOURNAL_RETENTION_MONTHS", 60, faults, { least: fewestJournalMonths, most: 1200 }),
    behindProxy: env["BEHIND_PROXY"] === "yes",
    clockWasAhead: env["CLOCK_WAS_AHEAD"] === "yes",
    witnesses: readWitnesses(env["WITNESSES"] ?? "", faults),
    intake: {
      host: "127.0.0.1",
      port: readPort(env, "INTAKE_PORT", 8025, faults),
      protocol: protocol === "lmtp" ? "lmtp" : "smtp",
    },
  };
  if (env["NODE_ENV"] === "production") faults.push(...productionFaults(config));
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

function readPort(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (text === undefined) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  faults.push(`${name} is not a port number; set a whole number from 0 to 65535.`);
  return fallback;
}

function readCount(
  env: Environment,
  name: string,
  fallback: number,
  faults: string[],
  { least, most }: { readonly least: number; readonly most?: number } = { least: 1 },
): number {
  const text = env[name];
  if (text === undefined) return fallback;
  const count = Number(text);
  if (Number.isInteger(count) && count >= least && count <= (most ?? Infinity)) return count;
  const bounds = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
  faults.push(`${name} is not a whole number ${bounds}; set one, or leave it out for ${fallback}.`);
  return fallback;
}

function readOrigin(text: string, faults: string[]): string {
  const url = URL.parse(text);
  if (url && (url.protocol === "http:" || url.protocol === "https:") && url.pathname === "/") return url.origin;
  faults.push("PUBLIC_URL is not an address of a site; write it as https://example.kg, without a path.");
  return "http://127.0.0.1";
}

function readUrl(env: Environment, name: string, protocols: readonly string[], faults: string[]): string | undefined {
  const text = env[name];
  if (text === undefined || text === "") return undefined;
  const url = URL.parse(text);
  if (url && protocols.includes(url.protocol)) return text;
  faults.push(`${name} cannot be read; it begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}.`);
  return undefined;
}

const samplePasswords = ["postgres", "password", "changeme", "change-me", "secret", "example", "admin", "ubada"];

function productionFaults(config: Config): string[] {
  const faults: string[] = [];
  const local = isLoopback(new URL(config.origin));
  if (!config.https && !local) faults.push("PUBLIC_URL is not https; people's data must not travel open. Set an https address.");
  for (const [name, url] of [["DATABASE_URL", config.databaseUrl], ["SMTP_URL", config.smtpUrl]] as const) {
    const password = url === undefined ? undefined : URL.parse(url)?.password;
    if (password !== undefined && samplePasswords.includes(password.toLowerCase())) {
      faults.push(`${name} has a sample password; set one of its own before going into production.`);
    }
  }
  return faults;
}
