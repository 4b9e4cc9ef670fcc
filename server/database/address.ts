import { readFileSync } from "node:fs";
import { DatabaseUnusable, explainSystemError } from "./database-unusable.ts";

/** How the server must prove itself; in the form that `pg` takes. */
export interface DatabaseTls {
  readonly rejectUnauthorized: boolean;
  /** PEM; without it, the authorities that Node knows. */
  readonly ca?: string;
  /** Present where the authority must be right and the host's name need not be (sslmode=verify-ca). */
  readonly checkServerIdentity?: () => undefined;
}

export interface DatabaseAddress {
  /** A name, an IP address, or (beginning with "/") the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  /** Absent: no encryption (a socket, this machine, or sslmode=disable). */
  readonly ssl?: DatabaseTls;
}

const PARAMETERS = new Set(["host", "port", "user", "password", "dbname", "sslmode", "sslrootcert"]);

/**
 * Reads DATABASE_URL as libpq does (postgres://user:password@host:port/database?…), for the parameters host,
 * port, user, password, dbname, sslmode (disable, require, verify-ca, verify-full) and sslrootcert.
 * Unlike libpq, a server on another machine must show a valid certificate unless sslmode says otherwise,
 * and nothing is guessed or ignored. Reads the file of `sslrootcert`.
 *
 * @throws DatabaseUnusable "database-url-invalid"; no message and no cause holds any part of the URL
 */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  const parsed = readUrl(url);
  const parameter = (name: string) => parsed.searchParams.get(name) || undefined;
  const host = parameter("host") ?? readHost(parsed);
  const user = decode(parsed.username) || parameter("user");
  const password = decode(parsed.password) || parameter("password");
  const database = decode(parsed.pathname.slice(1)) || parameter("dbname");
  if (!host) throw invalid("names no host");
  if (host.includes(",")) throw invalid("names more than one host; give one");
  if (!user) throw invalid("names no user");
  if (!database) throw invalid("names no database after the host");
  if (database.includes("/")) throw invalid("has a stray slash; write a slash in the password as %2F");
  const ssl = readTls(parameter("sslmode"), parameter("sslrootcert"), isThisMachine(host));
  return {
    host,
    port: readPort(parsed.port || parameter("port")),
    user,
    ...(password === undefined ? {} : { password }),
    database,
    ...(ssl === undefined ? {} : { ssl }),
  };
}

function readUrl(url: string): URL {
  // libpq allows "user@/database?host=/folder", the URL standard does not: a meaningless host goes in.
  const parsed = URL.parse(url.trim().replace(/^([a-z]+:\/\/[^/?#]*@)(?=[/?])/, `$1${NO_HOST}`));
  if (!parsed || !["postgres:", "postgresql:"].includes(parsed.protocol)) {
    throw invalid(
      "is not of the form postgres://user:password@host:5432/database (write # as %23, ? as %3F, / as %2F)",
    );
  }
  if (parsed.hash !== "") throw invalid("has a stray #; write it as %23");
  for (const name of parsed.searchParams.keys()) {
    // Not named in the message: after a stray "?" in the password it would be a piece of it.
    if (PARAMETERS.has(name)) continue;
    throw invalid(`has a parameter that is not one of ${[...PARAMETERS].join(", ")}`);
  }
  return parsed;
}

const NO_HOST = "no-host";

function readHost({ hostname }: URL): string {
  return hostname === NO_HOST ? "" : decode(hostname).replace(/^\[(.*)\]$/, "$1");
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 5432;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw invalid("has a port that is not a number from 1 to 65535");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("has a stray %; write it as %25"); // Without the cause, which may quote the password.
  }
}

function isThisMachine(host: string): boolean {
  return host.startsWith("/") || host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function readTls(
  mode: string | undefined,
  authorityFile: string | undefined,
  here: boolean,
): DatabaseTls | undefined {
  const chosen = mode ?? (here && authorityFile === undefined ? "disable" : "verify-full");
  const usual = authorityFile === undefined || authorityFile === "system"; // The authorities that Node knows.
  const ca = usual ? {} : { ca: readAuthority(authorityFile) };
  switch (chosen) {
    case "disable":
      return undefined;
    case "require":
      // As in libpq: an authority that is given is also checked.
      if (authorityFile === undefined) return { rejectUnauthorized: false };
      return { rejectUnauthorized: true, ...ca, checkServerIdentity: () => undefined };
    case "verify-ca":
      return { rejectUnauthorized: true, ...ca, checkServerIdentity: () => undefined };
    case "verify-full":
      return { rejectUnauthorized: true, ...ca };
    default:
      // "allow" and "prefer" fall back to plain text whenever somebody in between says so.
      throw invalid("has an sslmode that is not one of disable, require, verify-ca, verify-full");
  }
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw invalid("names a file in sslrootcert that cannot be read", explainSystemError(error, file));
  }
}

function invalid(what: string, cause?: unknown): DatabaseUnusable {
  return new DatabaseUnusable("database-url-invalid", `DATABASE_URL ${what}.`, { cause });
}
