import { type Kysely, sql } from "kysely";
import type { Database } from "../database/schema-types.ts";

/** So many are drawn at once while forms come in crowds. */
const crowd = 32;

/**
 * The numbers of enquiries, before those are stored: the letter that confirms one names it. While forms come in crowds
 * numbers are drawn ahead, since waiting for them would hold everybody up; those of them that are left when the
 * process ends are skipped, as a number is whose form was not stored after all.
 */
export class EnquiryNumbers {
  readonly #db: Kysely<Database>;
  readonly #ahead: string[] = [];

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** As many numbers, the lowest first. No number is given out twice. */
  async draw(count: number): Promise<readonly string[]> {
    const numbers = this.#ahead.splice(0, count);
    const missing = count - numbers.length;
    if (missing === 0) return numbers;
    const drawn = await this.#next(count > 1 ? missing + crowd : missing);
    this.#ahead.push(...drawn.slice(missing));
    return [...numbers, ...drawn.slice(0, missing)];
  }

  async #next(count: number): Promise<readonly string[]> {
    const { rows } = await sql<{ number: string }>`
      select draw_numbers as number from enquiries.draw_numbers(${count})`.execute(this.#db);
    return rows.map(({ number }) => number);
  }
}
