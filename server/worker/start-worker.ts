import { setTimeout } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import type { Context } from "../context.ts";
import { extendLedger } from "../journal/extend-ledger.ts";
import { askWitnesses } from "../journal/witness-round.ts";
import { codeOf } from "../observe/events.ts";
import { jobNames, type Jobs } from "../queue/queue.ts";
import { attempt } from "./attempt.ts";
import { handlers } from "./run-job.ts";
import { sweep } from "./sweep.ts";

const sweepEvery = 60_000;
const everySecond = 1_000;

export interface Worker extends AsyncDisposable {
  /** Sweeps out of turn; resolves when that is done. */
  sweepNow(): Promise<void>;
}

/**
 * Runs jobs as they come, the sweep every minute and the ledger every second, both at once too, until it is disposed.
 * Witnesses have a loop of their own, so that one that answers slowly never delays the ledger.
 */
export async function startWorker(ctx: Context, boss: PgBoss): Promise<Worker> {
  for (const name of jobNames) await work(ctx, boss, name);

  let sweeping = Promise.resolve();
  const sweepNow = (letterRest?: Temporal.DurationLike) => {
    sweeping = sweeping.then(() => sweep(ctx, letterRest)).catch((error: unknown) => ctx.events.jobFailed("sweep", codeOf(error)));
    return sweeping;
  };
  void sweepNow({ minutes: 0 });
  const timer = setInterval(() => void sweepNow(), sweepEvery);
  const ledger = regularly(() => attempt(ctx, "ledger", () => extendLedger(ctx)), "once more");
  const witnesses = regularly((stop) => attempt(ctx, "witnesses", () => askWitnesses(ctx, stop)));
  return {
    sweepNow: () => sweepNow(),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await sweeping;
      await witnesses[Symbol.asyncDispose]();
      await ledger[Symbol.asyncDispose]();
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

/** A second after the last time has ended, and where it is said once more at the end. `stop` is aborted at the end. */
function regularly(act: (stop: AbortSignal) => Promise<void>, atTheEnd?: "once more"): AsyncDisposable {
  const stop = new AbortController();
  const acting = (async () => {
    while (!stop.signal.aborted) {
      await act(stop.signal);
      await setTimeout(everySecond, undefined, { signal: stop.signal }).catch(() => undefined);
    }
    if (atTheEnd !== undefined) await act(stop.signal);
  })();
  return {
    [Symbol.asyncDispose]: () => {
      stop.abort();
      return acting;
    },
  };
}

async function work<Name extends keyof Jobs>(ctx: Context, boss: PgBoss, name: Name): Promise<void> {
  // A notice that comes while a job runs may pass unheard, so the worker also looks by itself every second.
  const options = { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
  await boss.work<Jobs[Name]>(name, options, async (jobs) => {
    for (const job of jobs) {
      try {
        await handlers[name](ctx, job.data);
      } catch (error) {
        // The queue keeps what a handler throws with the job: give it the code, never a message that may quote data.
        ctx.events.jobFailed(name, codeOf(error));
        throw new JobFailed(codeOf(error));
      }
    }
  });
}

class JobFailed extends Error {
  constructor(code: string) {
    super(code);
    this.stack = "";
  }
}
