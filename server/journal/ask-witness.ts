import { findCosignature, type WitnessVerifier } from "../../ledger/cosignature.ts";
import { parseSize } from "../../ledger/checkpoint.ts";
import { LogBroken } from "../../ledger/log-broken.ts";
import type { LogReader } from "../../ledger/log-reader.ts";
import { proveConsistency } from "../../ledger/proofs.ts";
import type { Reply, Submission } from "./submit-checkpoint.ts";
import type { ShownCheckpoint } from "./show-checkpoint.ts";

/** What came of showing a checkpoint to a witness. */
export type WitnessOutcome =
  | { readonly kind: "cosigned"; readonly line: string; readonly at: Temporal.Instant }
  /** Another server of ours showed it a later one meanwhile. */
  | { readonly kind: "ahead"; readonly size: number }
  /** It has seen more entries under our signature than we have: somebody holds a longer history than this database. */
  | { readonly kind: "longer"; readonly size: number }
  /** The `size` entries that it has seen under our signature are not ours: somebody holds another history. */
  | { readonly kind: "other-history"; readonly size: number }
  | { readonly kind: Extract<Reply, { kind: "failed" }>["how"] | "bad-signature" };

interface Means {
  readonly verifier: WitnessVerifier;
  /** The ledger, at least as long as the checkpoint. */
  readonly reader: LogReader;
  /** One request to the witness. */
  submit(submission: Submission): Promise<Reply>;
  /** How many entries the ledger holds at this moment. */
  heldSize(): Promise<number>;
}

/** The first try may be from a wrong size, and another server of ours may come between. */
const mostTries = 3;

/**
 * Shows a checkpoint to a witness, with the proof that it goes on from the `knownSize` entries that it holds as far as we
 * know, or from as many as it says. A cosignature is verified before it is believed.
 */
export async function askWitness(means: Means, shown: ShownCheckpoint, knownSize: number): Promise<WitnessOutcome> {
  let oldSize = knownSize;
  for (let tries = 0; tries < mostTries; tries++) {
    const proof = await proveConsistency(means.reader, oldSize, shown.size);
    const reply = await means.submit({ oldSize, proof, checkpoint: shown.note });
    if (reply.kind === "failed") return { kind: reply.how };
    if (reply.kind === "bad-proof") return { kind: "other-history", size: oldSize };
    if (reply.kind === "cosigned") return believe(reply.lines, shown, means.verifier);
    const size = reply.size === undefined ? undefined : parseSize(reply.size);
    // Of the same size, but with another root.
    if (oldSize === shown.size && (size === undefined || size === oldSize)) return { kind: "other-history", size: oldSize };
    if (size === undefined || size === oldSize) return { kind: "unreadable" };
    if (size > shown.size) return { kind: size > (await means.heldSize()) ? "longer" : "ahead", size };
    oldSize = size;
  }
  return { kind: "unreadable" };
}

/** The line by the key that we know, if it is of this checkpoint; lines by other keys are passed over. */
function believe(lines: string, shown: ShownCheckpoint, verifier: WitnessVerifier): WitnessOutcome {
  for (const line of lines.split(/(?<=\n)/)) {
    const cosignature = findIn(shown.note + line, verifier);
    if (cosignature !== undefined) return { kind: "cosigned", line, at: cosignature.time };
  }
  return { kind: "bad-signature" };
}

function findIn(note: string, verifier: WitnessVerifier) {
  try {
    return findCosignature(note, verifier);
  } catch (error) {
    if (!(error instanceof LogBroken)) throw error;
    return undefined;
  }
}
