import type { Context } from "../context.ts";
import { destroyedFrom, holdsKeysUpTo, listEpochs } from "../vault/key-epochs.ts";

/**
 * Destroys the key of every epoch on which nothing live hangs and whose backup window has passed, and records when. The
 * database refuses new keys under such an epoch, and is still asked to count once more. A key that only the operator can
 * take away is recorded once it is gone. Takes in the key of a later epoch, too. May run in several processes at once.
 * Returns the epochs that it recorded.
 */
export async function destroyDueEpochs(
  ctx: Pick<Context, "db" | "keys" | "now" | "randomBytes"> & {
    readonly config: Pick<Context["config"], "backupWindowDays">;
  },
): Promise<readonly number[]> {
  const now = ctx.now();
  const epochs = await listEpochs(ctx.db);
  await ctx.keys.find(epochs.at(-1)?.epoch ?? ctx.keys.current);
  const recorded: number[] = [];
  for (const known of epochs) {
    const { epoch, destroyedAt } = known;
    if (destroyedAt !== null) ctx.keys.forget(epoch);
    const from = destroyedFrom(known, ctx.config.backupWindowDays);
    if (destroyedAt !== null || from === null || Temporal.Instant.compare(from, now) > 0) continue;
    if (await holdsKeysUpTo(ctx.db, epoch)) continue;
    if (!(await ctx.keys.destroy(epoch, ctx.randomBytes))) continue;
    await ctx.db
      .updateTable("vault.key_epoch")
      .set({ destroyed_at: now })
      .where("epoch", "=", epoch)
      .where("destroyed_at", "is", null)
      .execute();
    recorded.push(epoch);
  }
  return recorded;
}
