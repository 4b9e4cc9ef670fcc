import type { Kysely } from "kysely";
import { decodeBundle } from "../../ledger/entry-bundle.ts";
import { tileWidth } from "../../ledger/tile-path.ts";
import type { Database } from "../database/schema-types.ts";
import { retentionOf } from "./retention.ts";

/** What the ledger itself says may be gone from the journal. */
export interface PruneLimit {
  /** Entries of hours before this one may be gone. */
  readonly before: Temporal.Instant;
  /** For how many months entries were kept when this was announced. */
  readonly months: number;
}

/**
 * How far the journal may have been pruned, taken from the signed leaves of the announcements, not from the rows of
 * `journal.pruned`, which only say where these are: whoever can write a row could claim anything. An announcement counts
 * when it stands in the ledger, its time has come and it keeps at least what must be kept; it lets go only months that were
 * older than that. Undefined where nothing may be gone.
 */
export async function readPruneLimit(db: Kysely<Database>, now: Temporal.Instant): Promise<PruneLimit | undefined> {
  const announced = await db
    .selectFrom("journal.pruned as pruned")
    .innerJoin("ledger.leaf as leaf", "leaf.entry_id", "pruned.entry_id")
    .select("leaf.position")
    .distinct()
    .execute();
  const limits: PruneLimit[] = [];
  for (const { position } of announced) {
    const limit = limitOf(await readLeaf(db, Number(position)), now);
    if (limit !== undefined) limits.push(limit);
  }
  return limits.toSorted((a, b) => Temporal.Instant.compare(b.before, a.before))[0];
}

async function readLeaf(db: Kysely<Database>, position: number): Promise<Buffer | undefined> {
  const bundle = await db
    .selectFrom("ledger.bundle")
    .select("entries")
    .where("position", "=", String(Math.floor(position / tileWidth)))
    .executeTakeFirst();
  return bundle && decodeBundle(bundle.entries)[position % tileWidth];
}

function limitOf(leaf: Buffer | undefined, now: Temporal.Instant): PruneLimit | undefined {
  if (leaf === undefined) return undefined;
  const { hour, operation, outcome, purpose } = readOpenly(leaf);
  const months = retentionOf(purpose);
  if (months === undefined || operation !== "deletion" || outcome !== "done") return undefined;
  if (Temporal.Instant.compare(hour, now) > 0) return undefined;
  const month = hour.toZonedDateTimeISO("UTC").subtract({ months }).with({ day: 1 }).startOfDay();
  // The time of an entry is taken a moment after its id, by which months are kept: it may be of the next one's first hour.
  return { before: month.add({ hours: 1 }).toInstant(), months };
}

/** Whether the entry of this leaf may be gone. */
export function mayBePruned(leaf: Buffer, limit: PruneLimit | undefined): boolean {
  return limit !== undefined && Temporal.Instant.compare(readOpenly(leaf).hour, limit.before) < 0;
}

/** Of what a leaf tells in the open: when, what, whether it was done, and why. */
function readOpenly(leaf: Buffer) {
  const { hour, operation, outcome, purpose } = JSON.parse(leaf.toString("utf8")) as Readonly<Record<string, string>>;
  return { hour: Temporal.Instant.from(hour ?? ""), operation, outcome, purpose: purpose ?? "" };
}
