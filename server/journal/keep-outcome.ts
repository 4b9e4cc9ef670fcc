import { type Kysely, sql } from "kysely";
import type { Witness } from "../config/read-witnesses.ts";
import type { Context } from "../context.ts";
import type { Database } from "../database/schema-types.ts";
import type { WitnessOutcome } from "./ask-witness.ts";
import type { ShownCheckpoint } from "./show-checkpoint.ts";

/** Keeps what came of showing a checkpoint to a witness. Durable on return; twice is as good as once. */
export async function keepOutcome(
  { db, now }: Pick<Context, "db" | "now">,
  { key }: Witness,
  shown: ShownCheckpoint,
  outcome: WitnessOutcome,
): Promise<void> {
  if (outcome.kind === "cosigned") {
    await db.transaction().execute((tx) => keepCosignature(tx, key, shown, outcome, now()));
    return;
  }
  const update = db.updateTable("ledger.witness").where("witness", "=", key);
  if (outcome.kind === "ahead") {
    await update.set({ known_size: String(outcome.size) }).execute();
    return;
  }
  const since = sql<Temporal.Instant>`coalesce(failing_since, ${now()})`;
  const failing = update.set({ answer: outcome.kind, failing_since: since });
  if ("size" in outcome) await failing.set({ claimed_size: String(outcome.size) }).execute();
  // One that disagreed and is gone now has not come to agree: the alarm stays until it cosigns.
  else await failing.where("claimed_size", "is", null).execute();
}

async function keepCosignature(
  tx: Kysely<Database>,
  witness: string,
  shown: ShownCheckpoint,
  { line, at }: Extract<WitnessOutcome, { kind: "cosigned" }>,
  now: Temporal.Instant,
): Promise<void> {
  const size = String(shown.size);
  const signed = { line, cosigned_at: at, seen_at: now };
  await tx
    .insertInto("ledger.cosignature")
    .values({ size, witness, ...signed })
    .onConflict((conflict) => conflict.columns(["size", "witness"]).doUpdateSet(signed))
    .execute();
  const last = { known_size: size, cosigned_size: size, cosigned_at: at };
  await tx
    .updateTable("ledger.witness")
    .set({ ...last, answer: "cosigned", failing_since: null, claimed_size: null })
    .where("witness", "=", witness)
    // A late answer must not hide what came of a later question.
    .where("known_size", "<=", size)
    .execute();
}
