import { type Kysely, sql } from "kysely";
import type { Database } from "../database/schema-types.ts";

/** What a target says after it was asked to destroy: how much was there, and what a re-read still finds. */
export interface Evidence {
  readonly destroyed: number;
  readonly remaining: number;
}

/**
 * A place that an erasure must reach. `destroy` runs in one transaction, may run again after a crash, and looks
 * again afterwards: only a re-read that finds nothing counts (invariant 6).
 */
export interface Target {
  readonly name: string;
  destroy(tx: Kysely<Database>, subject: string): Promise<Evidence>;
}

type SubjectTable = Exclude<
  {
    [Table in keyof Database]: Database[Table] extends { subject_id: string | null } ? Table : never;
  }[keyof Database],
  "vault.subject_key"
>;

/** Deletes the subject's rows of each table, then counts what is left of them. */
function tables(name: string, names: readonly SubjectTable[]): Target {
  return {
    name,
    async destroy(tx, subject) {
      let destroyed = 0;
      let remaining = 0;
      for (const table of names) {
        const deleted = await sql`delete from ${sql.table(table)} where subject_id = ${subject}`.execute(tx);
        destroyed += Number(deleted.numAffectedRows ?? 0n);
        const left = await sql<{ count: string }>`
          select count(*) as count from ${sql.table(table)} where subject_id = ${subject}`.execute(tx);
        remaining += Number(left.rows[0]?.count ?? 0);
      }
      return { destroyed, remaining };
    },
  };
}

/** The key last of all but the links: once it is gone, a copy of any sealed row is noise, in a backup too. */
const key: Target = {
  name: "key",
  async destroy(tx, subject) {
    const { rows } = await sql<Evidence>`select destroyed, remaining from vault.destroy_key(${subject})`.execute(tx);
    const [evidence] = rows;
    if (!evidence) throw new Error("vault.destroy_key returned no row");
    return evidence;
  },
};

/** Every place where something about a subject lies, in the order of destruction; `tell` comes before them all. */
export const targets: readonly Target[] = [
  tables("sign-in", ["sign_in.cabinet_session", "sign_in.code"]),
  tables("letters", ["letters.incoming", "letters.outgoing"]),
  tables("enquiries", ["enquiries.enquiry"]),
  tables("consents", ["consent.event", "consent.act"]),
  tables("attributes", ["vault.attribute"]),
  tables("look-up", ["vault.lookup"]),
  tables("journal-links", ["journal.about"]),
  key,
];
