import pg from "pg";

const mark = /^\/\* prepared as (\w+) \*\/ /;

/**
 * Marks a statement that PostgreSQL is to read and plan once for each connection, instead of every time; worth it for
 * a long one that runs often. `name`: nobody else's.
 */
export function prepared(name: string, statement: string): string {
  return `/* prepared as ${name} */ ${statement}`;
}

/** The driver's client, which prepares what is marked. It keeps account of what its connection has prepared. */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (statement: unknown, ...rest: unknown[]) => unknown;
    const preparing = (statement: unknown, ...rest: unknown[]) => {
      const name = typeof statement === "string" ? mark.exec(statement)?.[1] : undefined;
      return name === undefined ? query(statement, ...rest) : query({ name, text: statement }, ...rest);
    };
    this.query = preparing as typeof this.query;
  }
}
