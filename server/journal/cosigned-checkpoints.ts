import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";
import type { CosignedCheckpoint } from "./choose-checkpoint.ts";

/** The checkpoints of at least this size that were shown to witnesses, with what these have signed, or all of them. */
export async function readCosigned(
  db: Kysely<Database>,
  from: number,
  witnesses?: readonly string[],
): Promise<readonly CosignedCheckpoint[]> {
  const shown = await db.selectFrom("ledger.shown").selectAll().where("size", ">=", String(from)).execute();
  if (shown.length === 0) return [];
  const cosignatures = await db
    .selectFrom("ledger.cosignature")
    .select(["size", "line"])
    .where("size", ">=", String(from))
    .$if(witnesses !== undefined, (query) => query.where("witness", "in", [...(witnesses ?? [])]))
    .orderBy("witness")
    .execute();
  const lines = Map.groupBy(cosignatures, ({ size }) => size);
  return shown.map(({ size, note, shown_at: shownAt }) => ({
    size: Number(size),
    note,
    shownAt,
    lines: lines.get(size)?.map(({ line }) => line) ?? [],
  }));
}
