import { decodeBase64 } from "./base64.ts";
import { type Checkpoint, parseSize } from "./checkpoint.ts";
import type { Cosignature } from "./cosignature.ts";
import { LogBroken } from "./log-broken.ts";
import { hashLength, leafHash } from "./merkle.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { verifyInclusion } from "./proofs.ts";
import { requireWitnesses, type WitnessRule } from "./require-witnesses.ts";
import type { NoteVerifier } from "./signed-note.ts";

/** That an entry stands in a log, to be checked without the log (C2SP tlog-proof, version 1). */
export interface TlogProof {
  readonly index: number;
  /** As `proveInclusion` gives it. */
  readonly proof: readonly Buffer[];
  /** The whole signed note. */
  readonly checkpoint: string;
  /** Anything; nothing vouches for it. */
  readonly extra?: Buffer | undefined;
}

const firstLine = "c2sp.org/tlog-proof@v1";

export function encodeTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  const extraLines = extra === undefined ? [] : [`extra ${extra.toString("base64")}`];
  const hashes = proof.map((hash) => hash.toString("base64"));
  return [firstLine, ...extraLines, `index ${index}`, ...hashes, "", checkpoint].join("\n");
}

/** Throws LogBroken `malformed`. */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split("\n");
  if (first !== firstLine) throw new LogBroken("malformed", `The proof does not begin with the line «${firstLine}».`);
  const extraLine = lines[0]?.startsWith("extra ") ? lines.shift() : undefined;
  const extra = extraLine === undefined ? undefined : decodeBase64(extraLine.slice("extra ".length));
  if (extraLine !== undefined && extra === undefined) throw new LogBroken("malformed", "The extra line is not Base64.");
  const index = parseSize(/^index (.*)$/.exec(lines.shift() ?? "")?.[1] ?? "");
  if (index === undefined) throw new LogBroken("malformed", "The proof does not say «index» and a number.");
  return { index, proof: lines.map(parseHash), checkpoint: text.slice(end + 2), extra };
}

/**
 * Whether this entry stands in the log of this key: says where, by which checkpoint, and what the witnesses say of that.
 * Throws LogBroken: `malformed`, `not-signed`, `not-witnessed`, `other-log`, or `proof-wrong` for another entry or place.
 */
export function verifyTlogProof(
  proofText: string,
  entry: Uint8Array,
  verifier: NoteVerifier,
  witnesses?: WitnessRule,
): { readonly checkpoint: Checkpoint; readonly index: number; readonly cosignatures: readonly Cosignature[] } {
  const { index, proof, checkpoint: note } = parseTlogProof(proofText);
  const checkpoint = openCheckpoint(note, verifier);
  const { size, root, origin } = checkpoint;
  if (!verifyInclusion({ index, size, leaf: leafHash(entry), root, proof })) {
    throw new LogBroken("proof-wrong", `The proof does not show this to be entry ${index} of ${size} in «${origin}».`);
  }
  return { checkpoint, index, cosignatures: witnesses === undefined ? [] : requireWitnesses(note, witnesses) };
}

function parseHash(line: string): Buffer {
  const hash = decodeBase64(line);
  if (hash?.length === hashLength) return hash;
  throw new LogBroken("malformed", "The proof has a line that is not a hash: 32 bytes in Base64.");
}
