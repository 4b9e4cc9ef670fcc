import type { Context } from "../context.ts";
import { makeMonths } from "../journal/make-months.ts";
import { pruneJournal } from "../journal/prune-journal.ts";
import { destroyDueEpochs } from "../keys/destroy-due-epochs.ts";
import { learnVersions } from "../vault/lookup-versions.ts";
import { resealLinks } from "../vault/reseal-links.ts";
import { attempt } from "./attempt.ts";
import { handlers } from "./run-job.ts";

/**
 * Finds in the tables themselves what is left to do, whatever became of its jobs: erasures under way, letters that
 * wait, codes, sign-ins and links that have expired, months of the journal that are to be made or to go, keys that no
 * backup needs any more, and links to the journal under an earlier key; and learns which versions of the look-up key are in
 * use. Runs at every start and every minute. `letterRest`: letters younger than this are left to their jobs; at a start there
 * is nobody else to send them.
 */
export async function sweep(ctx: Context, letterRest: Temporal.DurationLike = { minutes: 5 }): Promise<void> {
  await attempt(ctx, "make-months", () => makeMonths(ctx.db));
  await forgetExpired(ctx);
  await retryLetters(ctx, letterRest);
  await continueErasures(ctx);
  await attempt(ctx, "prune-journal", () => prune(ctx));
  await destroyDueEpochs(ctx);
  await resealLinks(ctx.db, ctx.keys, ctx.randomBytes);
  await learnVersions(ctx);
}

async function continueErasures(ctx: Context): Promise<void> {
  const plans = await ctx.db
    .selectFrom("erasure.plan")
    .select("subject_id")
    .where("finished_at", "is", null)
    .orderBy("due_on")
    .execute();
  for (const { subject_id: subject } of plans) await attempt(ctx, "erase", () => handlers.erase(ctx, { subject }));
}

async function prune(ctx: Context): Promise<void> {
  const entries = await pruneJournal(ctx);
  if (entries > 0) ctx.events.journalPruned(entries);
}

async function retryLetters(ctx: Context, rest: Temporal.DurationLike): Promise<void> {
  if (!ctx.mailer) return;
  const waiting = await ctx.db
    .selectFrom("letters.outgoing")
    .select(["subject_id", "letter_id"])
    .where("state", "=", "waiting")
    .where("created_at", "<=", ctx.now().subtract(rest))
    .orderBy("created_at")
    .limit(100)
    .execute();
  for (const { subject_id: subject, letter_id: letter } of waiting) {
    await attempt(ctx, "deliver-letter", () => handlers["deliver-letter"](ctx, { subject, letter }));
  }
}

async function forgetExpired(ctx: Context): Promise<void> {
  const now = ctx.now();
  await ctx.db.deleteFrom("sign_in.code").where("expires_at", "<", now).execute();
  await ctx.db.deleteFrom("sign_in.cabinet_session").where("expires_at", "<", now).execute();
  await ctx.db.deleteFrom("staff.console_session").where("expires_at", "<", now).execute();
  // A confirmation link that has expired still answers "expired" for a while, rather than "unknown".
  await ctx.db.deleteFrom("requests.confirmation").where("expires_at", "<", now.subtract({ hours: 24 * 60 })).execute();
}
