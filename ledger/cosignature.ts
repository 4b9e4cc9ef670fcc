import { openSigningKey } from "./signing-key.ts";
import { signatureLine, signaturesBy } from "./signed-note.ts";
import { type NoteVerifier, parseKeyOf, printVerifierKey } from "./verifier-key.ts";

/**
 * Checks the cosignatures of one witness (C2SP tlog-cosignature, Ed25519): 8 bytes of time, then 64 of signature. By each
 * it says that at that time this was the longest history of the log that it had seen, and that it went on from all before.
 */
export interface WitnessVerifier extends NoteVerifier {
  /** Tells this from the key of a log, which signs without a time. */
  readonly type: "cosignature";
}

/** Signs what a witness has seen. */
export interface Cosigner {
  readonly name: string;
  /** What others need to check it, such as `witness.example+67f7aea0+BEqS…`. */
  readonly verifierKey: string;
  readonly verifier: WitnessVerifier;
  /** The signature line for the text of a checkpoint, with its newline. `time`: Unix seconds. */
  cosign(text: string, time: number): string;
}

/** A witness's word, checked. */
export interface Cosignature {
  readonly witness: string;
  /** When it was given, by the witness's clock. */
  readonly time: Temporal.Instant;
}

const timeLength = 8;

/** The last second that a date can name (ECMAScript: 8.64e15 milliseconds); what claims a later one is refused. */
const lastTime = 8_640_000_000_000;

/** Reads the key of a witness, such as `remora.n621.de+da77ade7+BOvN63jn/bLv…`. Throws BadVerifierKey. */
export function parseWitnessKey(vkey: string): WitnessVerifier {
  const key = parseKeyOf("cosignature", vkey);
  return {
    ...key,
    type: "cosignature",
    verifies: (text, signature) => {
      const time = readTime(signature);
      return time !== undefined && key.verifies(message(text, time), signature.subarray(timeLength));
    },
  };
}

/** `seed`: the 32 bytes of an Ed25519 private key (RFC 8032, 5.1.5), of this witness alone. */
export function createCosigner(name: string, seed: Buffer): Cosigner {
  const key = openSigningKey(name, seed);
  const verifierKey = printVerifierKey(name, "cosignature", key.publicKey);
  const verifier = parseWitnessKey(verifierKey);
  return {
    name,
    verifierKey,
    verifier,
    cosign: (text, time) => {
      if (!Number.isSafeInteger(time) || time < 0 || time > lastTime) throw new RangeError(`${time} is not a time.`);
      const bytes = Buffer.alloc(timeLength);
      bytes.writeBigUInt64BE(BigInt(time));
      return signatureLine(verifier, Buffer.concat([bytes, key.sign(message(text, time))]));
    },
  };
}

/**
 * What this witness says of the checkpoint in a note, the last time it did; undefined when it has not. The log's own
 * signature is for others to check. Throws LogBroken: `malformed`, or `not-signed` for a cosignature of another text.
 */
export function findCosignature(note: string, witness: WitnessVerifier): Cosignature | undefined {
  const times = signaturesBy(note, witness).signatures.flatMap((signature) => readTime(signature) ?? []);
  if (times.length === 0) return undefined;
  return { witness: witness.name, time: Temporal.Instant.fromEpochMilliseconds(Math.max(...times) * 1000) };
}

function message(text: string, time: number): string {
  return `cosignature/v1\ntime ${time}\n${text}`;
}

function readTime(signature: Uint8Array): number | undefined {
  if (signature.length <= timeLength) return undefined;
  const time = Buffer.from(signature).readBigUInt64BE();
  return time > BigInt(lastTime) ? undefined : Number(time);
}
