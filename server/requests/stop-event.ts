import type { StopEvent } from "../vault/accept-stop.ts";

/** The event of clause 17 that a request brings about: a demand for destruction is one, the rest withdraw consent. */
export function stopEventOf(kind: string): StopEvent {
  return kind === "destruction" ? "17.3" : "17.2";
}
