import { type Cosignature, findCosignature, type WitnessVerifier } from "./cosignature.ts";
import { LogBroken } from "./log-broken.ts";

/** Whose word is wanted on a checkpoint beside the log's. */
export interface WitnessRule {
  readonly witnesses: readonly WitnessVerifier[];
  /** How many of them have to have cosigned. */
  readonly quorum: number;
}

/**
 * The cosignatures on a note by these witnesses, at least as many as the rule wants. Throws LogBroken: `not-witnessed`, or
 * what `findCosignature` throws for one that is false.
 */
export function requireWitnesses(note: string, { witnesses, quorum }: WitnessRule): readonly Cosignature[] {
  const found = witnesses.map((witness) => findCosignature(note, witness));
  const given = found.filter((cosignature) => cosignature !== undefined);
  if (given.length >= quorum) return given;
  const missing = witnesses.filter((_, at) => found[at] === undefined).map(({ name }) => `«${name}»`);
  throw new LogBroken(
    "not-witnessed",
    `Of the witnesses named, ${quorum} should have cosigned the checkpoint and ${given.length} have; not ${missing.join(", ")}.`,
  );
}
