import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** A clock that a demo can move forward, so that due dates can be watched. Real installations have none. */
export interface DemoClock {
  now(): Temporal.Instant;
  /** How far it is ahead of the real time, in days. */
  readonly daysAhead: number;
  /** Moves it forward and wakes what waits for time to pass. */
  advance(days: number): Promise<void>;
  /** Called after every move. */
  onMove(wake: () => Promise<void>): void;
}

/** A clock whose shift is kept in `file`, so that time does not jump back when the demo is started again. */
export function createDemoClock(file: string, realNow: () => Temporal.Instant): DemoClock {
  let days = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  let wake = async () => {};
  return {
    now: () => realNow().add({ hours: 24 * days }),
    get daysAhead() {
      return days;
    },
    async advance(by) {
      days += by;
      writeFileSync(file, `${days}\n`);
      await wake();
    },
    onMove(then) {
      wake = then;
    },
  };
}
