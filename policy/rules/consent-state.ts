/** What can happen to a consent, in the order in which it usually does. */
export const consentEventKinds = ["asked", "given", "refused", "withdrawn", "expired", "superseded"] as const;
export type ConsentEventKind = (typeof consentEventKinds)[number];

export interface ConsentEvent {
  readonly purpose: string;
  readonly kind: ConsentEventKind;
}

/** Where a consent stands: the last thing that happened to it, or nothing yet. */
export type ConsentState = ConsentEventKind | "never-asked";

/** The state of every purpose named in a subject's events, which come oldest first. Nothing reopens by itself (6). */
export function consentStates(events: readonly ConsentEvent[]): ReadonlyMap<string, ConsentState> {
  return new Map(events.map((event) => [event.purpose, event.kind]));
}

/** The purposes that still live: given, and neither withdrawn nor reached since. */
export function livePurposes(states: ReadonlyMap<string, ConsentState>): readonly string[] {
  return [...states].filter(([, state]) => state === "given").map(([purpose]) => purpose);
}
