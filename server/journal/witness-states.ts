import type { Kysely } from "kysely";
import type { Witness } from "../config/read-witnesses.ts";
import type { Database, WitnessAnswer } from "../database/schema-types.ts";

/** How a witness that is configured stands. */
export interface WitnessState {
  readonly witness: Witness;
  /** Undefined until it was asked. */
  readonly answer: WitnessAnswer | undefined;
  /** The last that it cosigned, and when by its own clock. */
  readonly cosigned: { readonly size: number; readonly at: Temporal.Instant } | undefined;
  /** Since when it has not cosigned what it was asked to. */
  readonly failingSince: Temporal.Instant | undefined;
  /** Where it disagrees: how many entries it has seen under our signature. */
  readonly claimedSize: number | undefined;
}

/** One for each, in the order in which they are configured. */
export async function readWitnessStates(
  db: Kysely<Database>,
  witnesses: readonly Witness[],
): Promise<readonly WitnessState[]> {
  const rows = await readWitnessRows(db, witnesses);
  return witnesses.map((witness) => {
    const row = rows.get(witness.key);
    const [size, at] = [sizeOf(row?.cosigned_size), row?.cosigned_at];
    return {
      witness,
      answer: row?.answer ?? undefined,
      cosigned: size === undefined || !at ? undefined : { size, at },
      failingSince: row?.failing_since ?? undefined,
      claimedSize: sizeOf(row?.claimed_size),
    };
  });
}

function sizeOf(text: string | null | undefined): number | undefined {
  return text === null || text === undefined ? undefined : Number(text);
}

/** The rows there are, by the keys of the witnesses. */
export async function readWitnessRows(db: Kysely<Database>, witnesses: readonly Witness[]) {
  if (witnesses.length === 0) return new Map<string, never>();
  const keys = witnesses.map(({ key }) => key);
  const rows = await db.selectFrom("ledger.witness").selectAll().where("witness", "in", keys).execute();
  return new Map(rows.map((row) => [row.witness, row]));
}

/** That the witness has seen another history than this under our signature: a longer one, or other entries. */
export type DisagreementKind = "longer" | "other-history";

export function isDisagreement(answer: WitnessAnswer | null | undefined): answer is DisagreementKind {
  return answer === "longer" || answer === "other-history";
}

/** `size`: of how many entries the witness speaks. */
export function disagreement(
  { answer, claimedSize }: WitnessState,
): { readonly kind: DisagreementKind; readonly size: number } | undefined {
  return isDisagreement(answer) ? { kind: answer, size: claimedSize ?? 0 } : undefined;
}
