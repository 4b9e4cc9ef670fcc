import { setTimeout } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import type { Context } from "../context.ts";
import { extendLedger } from "../journal/extend-ledger.ts";
import { codeOf } from "../observe/events.ts";
import { jobNames, type Jobs } from "../queue/queue.ts";
import { handlers } from "./run-job.ts";
import { sweep } from "./sweep.ts";

const sweepEvery = 60_000;
const extendLedgerEvery = 1_000;

export interface Worker extends AsyncDisposable {
  /** Sweeps out of turn; resolves when that is done. */
  sweepNow(): Promise<void>;
}

/** Runs jobs as they come, the sweep every minute and the ledger every second, both at once too, until it is disposed. */
export async function startWorker(ctx: Context, boss: PgBoss): Promise<Worker> {
  for (const name of jobNames) await work(ctx, boss, name);

  let sweeping = Promise.resolve();
  const sweepNow = (letterRest?: Temporal.DurationLike) => {
    sweeping = sweeping.then(() => sweep(ctx, letterRest)).catch((error: unknown) => ctx.events.jobFailed("sweep", codeOf(error)));
    return sweeping;
  };
  void sweepNow({ minutes: 0 });
  const timer = setInterval(() => void sweepNow(), sweepEvery);
  const ledger = extendLedgerRegularly(ctx);
  return {
    sweepNow: () => sweepNow(),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await sweeping;
      await ledger[Symbol.asyncDispose]();
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

/** A second after the last time has ended, whether it went well or not; and once more at the end. */
function extendLedgerRegularly(ctx: Context): AsyncDisposable {
  const stop = new AbortController();
  const extend = () => extendLedger(ctx).catch((error: unknown) => ctx.events.jobFailed("ledger", codeOf(error)));
  const extending = (async () => {
    while (!stop.signal.aborted) {
      await extend();
      await setTimeout(extendLedgerEvery, undefined, { signal: stop.signal }).catch(() => undefined);
    }
    await extend();
  })();
  return {
    [Symbol.asyncDispose]: () => {
      stop.abort();
      return extending;
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
