import { Kysely, PostgresDialect, PostgresQueryCompiler } from "kysely";
import pg from "pg";
import type { DatabaseAddress } from "./address.ts";
import { columnTypes } from "./column-types.ts";
import { PreparingClient } from "./prepared.ts";
import type { Database } from "./schema-types.ts";

export interface Connection extends AsyncDisposable {
  readonly db: Kysely<Database>;
}

/**
 * Opens a pool of at most `max` connections under this application name; a connection is made when it is
 * first needed, and asking for one fails after ten seconds. timestamptz is a Temporal.Instant and date a
 * Temporal.PlainDate, both ways; bigint and numeric are strings, bytea is a Buffer.
 */
export function connect(
  address: DatabaseAddress,
  options: { readonly name: string; readonly max: number },
): Connection {
  const pool = new pg.Pool({
    ...address,
    application_name: options.name,
    // Whatever the operator's server is set to, what it writes is what column-types.ts reads.
    options: "-c DateStyle=ISO -c TimeZone=UTC",
    max: options.max,
    connectionTimeoutMillis: 10_000,
    types: columnTypes,
    Client: PreparingClient,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  const db = new Kysely<Database>({ dialect: new TemporalDialect({ pool }) });
  return { db, [Symbol.asyncDispose]: () => db.destroy() };
}

class TemporalDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new TemporalQueryCompiler();
  }
}

/** The driver would write a Temporal value as quoted JSON; PostgreSQL wants its plain text. */
class TemporalQueryCompiler extends PostgresQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(Array.isArray(parameter) ? parameter.map(plain) : plain(parameter));
  }
}

function plain(value: unknown): unknown {
  return value instanceof Temporal.Instant || value instanceof Temporal.PlainDate ? value.toString() : value;
}
