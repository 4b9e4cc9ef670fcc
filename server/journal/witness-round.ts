import type { Selectable } from "kysely";
import type { Witness } from "../config/read-witnesses.ts";
import type { Context } from "../context.ts";
import type { Database, WitnessAnswer } from "../database/schema-types.ts";
import { codeOf } from "../observe/events.ts";
import { askWitness, type WitnessOutcome } from "./ask-witness.ts";
import { keepOutcome } from "./keep-outcome.ts";
import { ledgerReader } from "./ledger-reader.ts";
import { showCheckpoint, showEvery, type ShownCheckpoint } from "./show-checkpoint.ts";
import { submitCheckpoint } from "./submit-checkpoint.ts";
import { isDisagreement, readWitnessRows } from "./witness-states.ts";

/** How long a witness may take over all its tries, in milliseconds: less than until it is asked again. */
const patience = 8_000;

/** A witness that fails is asked again after as long as it has failed, in seconds, but never later than this. */
const longestWait = 300;

/**
 * Shows the checkpoint whose turn it is to every witness that has not cosigned it and may be asked again, side by side, and
 * keeps what they answer. Off the write path: nobody waits for it. It may be called as often as one likes, by any number of
 * servers: what was asked when stands in the database. `stop`: ends requests that are under way.
 */
export async function askWitnesses(ctx: Context, stop: AbortSignal): Promise<void> {
  const { witnesses } = ctx.config;
  if (witnesses.length === 0) return;
  const shown = await showCheckpoint(ctx.db, ctx.now());
  if (shown === undefined) return;
  const rows = await readWitnessRows(ctx.db, witnesses);
  await Promise.all(
    witnesses.map(async (witness) => {
      try {
        const row = rows.get(witness.key) ?? (await meet(ctx, witness));
        if (row !== undefined && isDue(row, shown, ctx.now()) && (await claim(ctx, row))) await ask(ctx, witness, row, shown, stop);
      } catch (error) {
        // What goes wrong on our side with one is no reason to leave the others.
        ctx.events.jobFailed("witness", codeOf(error));
      }
    }),
  );
}

type WitnessRow = Selectable<Database["ledger.witness"]>;

/** Undefined where another server has met it at the same moment: it is asked next time. */
async function meet({ db }: Context, { key }: Witness): Promise<WitnessRow | undefined> {
  const insert = db.insertInto("ledger.witness").values({ witness: key });
  return insert.onConflict((conflict) => conflict.doNothing()).returningAll().executeTakeFirst();
}

function isDue(row: WitnessRow, shown: ShownCheckpoint, now: Temporal.Instant): boolean {
  if (Number(row.cosigned_size ?? 0) >= shown.size || Number(row.known_size) > shown.size) return false;
  if (row.asked_at === null) return true;
  const failing = row.failing_since === null ? 0 : now.since(row.failing_since).total("seconds");
  const waited = now.since(row.asked_at).total("seconds");
  // A clock that was set back must not keep it waiting for as long.
  return waited < 0 || waited >= Math.min(Math.max(failing, showEvery), longestWait);
}

/** Whether it is for us to ask it now, and for no other server. */
async function claim({ db, now }: Context, { witness, asked_at: before }: WitnessRow): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("ledger.witness")
    .set({ asked_at: now() })
    .where("witness", "=", witness)
    .where("asked_at", "is not distinct from", before)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function ask(ctx: Context, witness: Witness, row: WitnessRow, shown: ShownCheckpoint, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(patience)]);
  const means = {
    verifier: witness.verifier,
    reader: ledgerReader(ctx.db),
    submit: (submission: Parameters<typeof submitCheckpoint>[1]) => submitCheckpoint(witness.submitTo, submission, signal),
    heldSize: () => readHeldSize(ctx),
  };
  const outcome = await askWitness(means, shown, Number(row.known_size));
  // Whoever stops us is not the witness's fault.
  if (stop.aborted && outcome.kind !== "cosigned") return;
  await keepOutcome(ctx, witness, shown, outcome);
  tell(ctx, witness, row.answer, outcome);
}

async function readHeldSize({ db }: Context): Promise<number> {
  const { size } = await db.selectFrom("ledger.checkpoint").select("size").executeTakeFirstOrThrow();
  return Number(size);
}

/** Only what is new, so that a witness that is down for a week does not fill the log. */
function tell({ events }: Context, { name }: Witness, before: WitnessAnswer | null, outcome: WitnessOutcome): void {
  if (outcome.kind === "ahead" || outcome.kind === before) return;
  if (outcome.kind === "cosigned") events.witnessCosigns(name);
  else if (isDisagreement(outcome.kind)) events.witnessDisagrees(name, outcome.kind);
  else if (!isDisagreement(before)) events.witnessFails(name, outcome.kind);
}
