import type { Kysely } from "kysely";
import type { Witness } from "../config/read-witnesses.ts";
import type { Database, WitnessAnswer } from "../database/schema-types.ts";
import { disagreement, readWitnessStates, type WitnessState } from "../journal/witness-states.ts";
import type { Finding } from "./finding.ts";

/** A witness may restart or be overloaded; what lasts longer than this waits for somebody to look. */
const patience = { hours: 1 };

/** Whether somebody outside vouches for the ledger: who is configured must cosign, and must not have seen another history. */
export async function checkWitnesses(
  db: Kysely<Database>,
  witnesses: readonly Witness[],
  now: Temporal.Instant,
): Promise<readonly Finding[]> {
  if (witnesses.length === 0) {
    const sentence =
      "No WITNESSES are set: nobody outside vouches that everybody is shown the same ledger. Set some, or have a checkpoint kept outside.";
    return [{ level: "warning", sentence }];
  }
  return (await readWitnessStates(db, witnesses)).map((state) => examine(state, now));
}

function examine(state: WitnessState, now: Temporal.Instant): Finding {
  const { answer, cosigned, failingSince, witness } = state;
  const found = disagreement(state);
  if (found !== undefined) {
    const seen = found.kind === "longer" ? `${found.size} entries, more than there are` : `other entries than the first ${found.size}`;
    return {
      level: "bad",
      sentence:
        `The witness ${witness.name} has seen ${seen}, under this ledger's signature: somebody holds another history. Delete nothing; ` +
        "find out with the witness whether the database was put back, or somebody else has the key.",
    };
  }
  if (answer === undefined) return { level: "warning", sentence: `The witness ${witness.name} was not asked yet; it is once Ubada runs.` };
  if (failingSince !== undefined) {
    const isLong = Temporal.Instant.compare(failingSince, now.subtract(patience)) < 0;
    const last = cosigned === undefined ? "It has cosigned nothing yet." : `It has cosigned ${cosigned.size} entries.`;
    const sentence = `The witness ${witness.name} ${reasons[answer]}, since ${failingSince.toString()}. ${last}`;
    return { level: isLong ? "bad" : "warning", sentence };
  }
  return { level: "good", sentence: `The witness ${witness.name} has cosigned ${cosigned?.size ?? 0} entries.` };
}

const reasons: Readonly<Record<WitnessAnswer, string>> = {
  cosigned: "cosigns",
  unreachable: "does not answer",
  busy: "is overloaded or out of order",
  "unknown-log": "does not know this ledger; give them what `ubada ledger key` prints",
  "key-refused": "knows this ledger under another key; give them what `ubada ledger key` prints",
  refused: "refuses the request; check the address in WITNESSES",
  unreadable: "answers what cannot be understood; check the address in WITNESSES",
  "bad-signature": "signs with another key; check the key in WITNESSES",
  longer: "has seen more entries",
  "other-history": "has seen other entries",
};
