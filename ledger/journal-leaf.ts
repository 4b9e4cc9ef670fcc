import { hash } from "node:crypto";

/** A journal entry as anybody may read it in the ledger: no time to the minute, no id, nobody's name. */
export interface JournalLeaf {
  readonly actor: string;
  readonly basis: string;
  readonly categories: readonly string[];
  readonly clause: string;
  /** Of what is not published (`commitTo`), 32 bytes. */
  readonly commitment: Buffer;
  /** Where the person has a receipt: what commits to what they did (`commitToDetail`), 32 bytes. */
  readonly detail: Buffer | null;
  /** When, to the hour, in UTC: `2026-11-24T17Z`. */
  readonly hour: string;
  readonly operation: string;
  readonly outcome: string;
  /** Version of the policy. */
  readonly policy: string;
  readonly purpose: string;
  /** Why it was refused. */
  readonly reason: string | null;
}

/** What an entry says beside its leaf; whoever holds it with its opening can show that it was said then. */
export interface Unpublished {
  /** The exact time, as an instant in UTC (RFC 3339). */
  readonly at: string;
  /** Id of the entry. */
  readonly entry: string;
  /** Id of the member of staff who acted. */
  readonly staff: string | null;
}

/**
 * SHA-256 over the opening (32 random bytes) and the canonical JSON (RFC 8785) of what is not published. Without the
 * opening nothing can be guessed from it; with the opening nothing else can be claimed.
 */
export function commitTo(opening: Buffer, { at, entry, staff }: Unpublished): Buffer {
  const said = Buffer.from(JSON.stringify({ at, entry, staff }));
  return hash("sha256", Buffer.concat([opening, said]), "buffer");
}

/**
 * The bytes that are a leaf of the tree: canonical JSON (RFC 8785), its keys in their order here. For example
 * `{"actor":"staff","basis":"consent","categories":["phone"],"clause":"8.2","commitment":"3q2-7w…",
 * "hour":"2026-11-24T17Z","operation":"use","outcome":"done","policy":"2024-08-01","purpose":"8.2","reason":null,"v":1}`.
 * An entry that has a receipt says `"detail":"…"` after the commitment, and `"v":2`.
 */
export function encodeLeaf(leaf: JournalLeaf): Buffer {
  const { actor, basis, categories, clause, detail, hour, operation, outcome, policy, purpose, reason } = leaf;
  const commitment = leaf.commitment.toString("base64url");
  const committed = detail === null ? { commitment } : { commitment, detail: detail.toString("base64url") };
  const fields = { actor, basis, categories, clause, ...committed, hour, operation, outcome, policy, purpose, reason };
  return Buffer.from(JSON.stringify({ ...fields, v: detail === null ? 1 : 2 }));
}
