import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { DatabaseAddress } from "./address.ts";
import type { Database } from "./schema-types.ts";

export interface Connection extends AsyncDisposable {
  readonly db: Kysely<Database>;
}

/**
 * Opens a pool of at most `max` connections under this application name; a connection is made when it is first
 * needed. timestamptz is a Temporal.Instant and date a Temporal.PlainDate, both ways; bigint is a string.
 */
export function connect(address: DatabaseAddress, options: { readonly name: string; readonly max: number }): Connection {
  const pool = new pg.Pool({
    ...address,
    application_name: options.name,
    max: options.max,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: (oid: number, format?: "text" | "binary") => parserOf(oid, format) },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  pool.on("connect", sendTemporalAsText);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { db, [Symbol.asyncDispose]: () => db.destroy() };
}

function parserOf(oid: number, format: "text" | "binary" = "text"): (text: string) => unknown {
  if (format === "text" && oid === pg.types.builtins.TIMESTAMPTZ) return parseInstant;
  if (format === "text" && oid === pg.types.builtins.DATE) return (text) => Temporal.PlainDate.from(text);
  return pg.types.getTypeParser(oid, format === "binary" ? "binary" : "text");
}

/** "2026-11-23 09:00:00.123+00" as PostgreSQL writes it, whatever its time zone. */
function parseInstant(text: string): Temporal.Instant {
  const [date, time] = text.split(" ");
  return Temporal.Instant.from(`${date}T${time}`);
}

/** The driver would write a Temporal value as quoted JSON; PostgreSQL wants its plain text. */
function sendTemporalAsText(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: readonly unknown[]) => unknown;
  const sendingText = (text: unknown, values?: unknown, ...rest: readonly unknown[]) =>
    query(text, Array.isArray(values) ? values.map(plain) : values, ...rest);
  client.query = sendingText as typeof client.query;
}

function plain(value: unknown): unknown {
  return value instanceof Temporal.Instant || value instanceof Temporal.PlainDate ? value.toString() : value;
}
