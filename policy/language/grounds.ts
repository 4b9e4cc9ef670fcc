import type { Duty, Purpose } from "./policy.ts";

/** What the gate needs to know of a policy: its purposes and duties with their lists. */
export interface Grounds {
  readonly purposes: Readonly<Record<string, Purpose>>;
  readonly duties: Readonly<Record<string, Duty>>;
}

/** The name of a ground: a purpose (`8.2`) or a duty (`16-1`). */
export type GroundId<P extends Grounds> = (keyof P["purposes"] | keyof P["duties"]) & string;

type Ground<P extends Grounds, G extends GroundId<P>> = G extends keyof P["purposes"]
  ? P["purposes"][G]
  : G extends keyof P["duties"]
    ? P["duties"][G]
    : never;

/** The categories that a ground lists: reading any other one does not compile. */
export type CategoryUnder<P extends Grounds, G extends GroundId<P>> = Ground<P, G>["categories"][number];

/** The operations that a ground lists. */
export type OperationUnder<P extends Grounds, G extends GroundId<P>> = Ground<P, G>["operations"][number];

/** The ground itself, or undefined for a name the policy does not have. */
export function findGround(
  policy: Grounds,
  id: string,
): { readonly kind: "purpose"; readonly ground: Purpose } | { readonly kind: "duty"; readonly ground: Duty } | undefined {
  const purpose = ownEntry(policy.purposes, id);
  if (purpose) return { kind: "purpose", ground: purpose };
  const duty = ownEntry(policy.duties, id);
  return duty ? { kind: "duty", ground: duty } : undefined;
}

/** A name such as `constructor`, which every object has, names no ground. */
function ownEntry<T>(entries: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}
