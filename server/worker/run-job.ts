import type { Context } from "../context.ts";
import { runErasure } from "../erasure/run-erasure.ts";
import { deliverLetter } from "../letters/deliver-letter.ts";
import type { Jobs } from "../queue/queue.ts";

type Handlers = { readonly [Name in keyof Jobs]: (ctx: Context, job: Jobs[Name]) => Promise<void> };

/** What each job does. Every handler may run twice, and finds by itself what is left to do. */
export const handlers: Handlers = {
  async "deliver-letter"(ctx, job) {
    const outcome = await deliverLetter(ctx, job);
    if (outcome === "waiting" && ctx.mailer) throw new LetterWaits();
  },
  async erase(ctx, job) {
    const outcome = await runErasure(ctx, job);
    if (outcome.kind === "remains") throw new ErasureRemains(outcome.target, outcome.remaining);
  },
};

/** The mail server could not take the letter now; the job is tried again, soon at first, then ever more rarely. */
class LetterWaits extends Error {
  readonly code = "letter-waits";
}

/** A target still holds something after it was destroyed; the job is tried again, and the plan stays open. */
class ErasureRemains extends Error {
  readonly code = "erasure-remains";
  constructor(target: string, remaining: number) {
    super(`${remaining} records are left in «${target}» after their destruction; the erasure stays open.`);
  }
}
