/**
 * Everything that Ubada ever writes to its log: one function per event, each with a closed set of fields. There is
 * no way to log a free text, so no personal data can slip in (invariant 9).
 */
export interface Events {
  serving(origin: string): void;
  letterSent(kind: string): void;
  letterWaits(kind: string, reason: "no-smtp" | "smtp-unreachable" | "refused"): void;
  letterReceived(outcome: string): void;
  letterRefused(reason: "too-large" | "unreadable" | "not-stored"): void;
  erasureStep(target: string, destroyed: number): void;
  erasureFinished(): void;
  erasureWaits(target: string): void;
  /** A witness signs that the ledger's checkpoints go on from each other, for the first time or again. */
  witnessCosigns(witness: string): void;
  witnessFails(witness: string, how: string): void;
  /** An alarm: under our signature it has seen a history that is not ours. */
  witnessDisagrees(witness: string, how: string): void;
  journalPruned(entries: number): void;
  jobFailed(name: string, code: string): void;
  requestFailed(route: string, code: string): void;
  stopping(): void;
}

/** Writes each event as one line of JSON to `write`, with the time. */
export function createEvents(write: (line: string) => void, now: () => Temporal.Instant): Events {
  const log = (event: string, fields: Readonly<Record<string, string | number>> = {}) =>
    write(JSON.stringify({ at: now().toString({ smallestUnit: "millisecond" }), event, ...fields }));
  return {
    serving: (origin) => log("serving", { origin }),
    letterSent: (kind) => log("letter-sent", { kind }),
    letterWaits: (kind, reason) => log("letter-waits", { kind, reason }),
    letterReceived: (outcome) => log("letter-received", { outcome }),
    letterRefused: (reason) => log("letter-refused", { reason }),
    erasureStep: (target, destroyed) => log("erasure-step", { target, destroyed }),
    erasureFinished: () => log("erasure-finished"),
    erasureWaits: (target) => log("erasure-waits", { target }),
    witnessCosigns: (witness) => log("witness-cosigns", { witness }),
    witnessFails: (witness, how) => log("witness-fails", { witness, how }),
    witnessDisagrees: (witness, how) => log("witness-disagrees", { witness, how }),
    journalPruned: (entries) => log("journal-pruned", { entries }),
    jobFailed: (name, code) => log("job-failed", { name, code }),
    requestFailed: (route, code) => log("request-failed", { route, code }),
    stopping: () => log("stopping"),
  };
}

/** The stable code of an error, or the class of one that has none; never its message, which may quote data. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.constructor.name : "unknown";
}
