import type { Selectable } from "kysely";
import { commitTo, encodeLeaf } from "../../ledger/journal-leaf.ts";
import type { Database } from "../database/schema-types.ts";

/** What a leaf is made of: every column of an entry but the number of the transaction that wrote it. */
export type EntryRow = Omit<Selectable<Database["journal.entry"]>, "written_by">;

export const entryColumns = [
  "entry.entry_id",
  "entry.at",
  "entry.operation",
  "entry.purpose",
  "entry.basis",
  "entry.clause",
  "entry.categories",
  "entry.actor",
  "entry.staff_id",
  "entry.outcome",
  "entry.reason",
  "entry.policy_version",
  "entry.detail",
] as const;

/** The leaf of an entry: all of it in the open but for the exact time, its id and who of the staff acted. */
export function leafOfEntry(entry: EntryRow, opening: Buffer): Buffer {
  return encodeLeaf({
    actor: entry.actor,
    basis: entry.basis,
    categories: entry.categories,
    clause: entry.clause,
    commitment: commitTo(opening, { at: entry.at.toString(), entry: entry.entry_id, staff: entry.staff_id }),
    detail: entry.detail,
    hour: hourOf(entry.at),
    operation: entry.operation,
    outcome: entry.outcome,
    policy: entry.policy_version,
    purpose: entry.purpose,
    reason: entry.reason,
  });
}

/** As a leaf tells it, such as `2026-11-24T17Z`. */
export function hourOf(at: Temporal.Instant): string {
  return `${at.toString().slice(0, "2026-11-24T17".length)}Z`;
}
