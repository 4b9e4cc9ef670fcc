import type { Context } from "../context.ts";

/** The clock says a time before one at which the ledger was already signed. */
export class ClockSetBack extends Error {
  readonly code = "clock-set-back";
  constructor(now: Temporal.Instant, signedAt: Temporal.Instant) {
    const time = (instant: Temporal.Instant) => instant.toString({ smallestUnit: "second" });
    super(
      `The clock of this machine says ${time(now)}, but the ledger was signed at ${time(signedAt)}: entries made now would ` +
        "carry a time that is wrong, and time limits would be counted wrongly. Set the clock right. If it is right and was " +
        "ahead then, start with CLOCK_WAS_AHEAD=yes until the next entry is signed.",
    );
  }
}

/** Clocks are corrected by some seconds now and then, and two servers differ by as much. */
const tolerance = { minutes: 5 };

/** Refuses to journal and sign at a time that has been. @throws ClockSetBack */
export async function requireClock({ db, config, now }: Pick<Context, "db" | "config" | "now">): Promise<void> {
  if (config.clockWasAhead) return;
  const checkpoint = await db.selectFrom("ledger.checkpoint").select("signed_at").executeTakeFirst();
  if (checkpoint === undefined) return;
  const at = now();
  if (Temporal.Instant.compare(at.add(tolerance), checkpoint.signed_at) < 0) throw new ClockSetBack(at, checkpoint.signed_at);
}
