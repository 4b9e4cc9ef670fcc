import type { Context } from "../context.ts";
import { chooseCheckpoint, cosignedNote } from "./choose-checkpoint.ts";
import { readCosigned } from "./cosigned-checkpoints.ts";

type Means = Pick<Context, "db" | "config" | "now">;

/**
 * Decides which checkpoint everybody is shown, and keeps it: without witnesses the last signed one, with them one that they
 * have cosigned. It is never a shorter one than before, whatever is configured: to whoever kept that, it would look as if
 * entries had been taken out.
 */
export async function publishCheckpoint(means: Means): Promise<void> {
  const { db } = means;
  const published = await db.selectFrom("ledger.published").select(["size", "note"]).executeTakeFirst();
  const isWitnessed = means.config.witnesses.length > 0 && published !== undefined;
  const next = isWitnessed ? await choose(means, Number(published.size)) : await readSigned(means);
  // An idle server writes nothing.
  if (next === undefined || Number(next.size) < Number(published?.size ?? 0) || next.note === published?.note) return;
  await db
    .insertInto("ledger.published")
    .values(next)
    .onConflict((conflict) =>
      conflict.column("only_one").doUpdateSet(next).where("ledger.published.size", "<=", next.size),
    )
    .execute();
}

interface Published {
  readonly size: string;
  readonly note: string;
}

async function choose({ db, config, now }: Means, from: number): Promise<Published | undefined> {
  const shown = await readCosigned(db, from, config.witnesses.map(({ key }) => key));
  const chosen = chooseCheckpoint(shown, now());
  return chosen && { size: String(chosen.size), note: cosignedNote(chosen) };
}

async function readSigned({ db }: Means): Promise<Published | undefined> {
  return db.selectFrom("ledger.checkpoint").select(["size", "note"]).executeTakeFirst();
}
