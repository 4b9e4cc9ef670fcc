import { decodeBase64 } from "./base64.ts";
import { LogBroken } from "./log-broken.ts";
import { hashLength } from "./merkle.ts";

/** What a log says of itself at a time (C2SP tlog-checkpoint): which log, how many entries, and the root over them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** Three lines, to be signed as a note: origin, size, root in Base64. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (origin === "" || origin.includes("\n")) throw new RangeError("The origin of a checkpoint is one line of text.");
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`A log cannot have ${size} entries.`);
  if (root.length !== hashLength) throw new RangeError(`A root has 32 bytes, not ${root.length}.`);
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}

/**
 * Reads the text of a checkpoint. Lines after the third are allowed by the specification and say nothing here, but none
 * may be empty. Throws LogBroken.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, sizeText = "", rootText = "", ...extensions] = text.split("\n");
  const endsInNewline = extensions.pop() === "";
  if (!origin || !endsInNewline || extensions.includes("")) {
    throw new LogBroken("malformed", "The checkpoint is not three lines: origin, size and root.");
  }
  const size = parseSize(sizeText);
  if (size === undefined) throw new LogBroken("malformed", "The checkpoint's second line is not a number of entries.");
  const root = decodeBase64(rootText);
  if (root?.length !== hashLength) {
    throw new LogBroken("malformed", "The checkpoint's third line is not a root: 32 bytes in Base64.");
  }
  return { origin, size, root };
}

/** A whole number in decimal, without leading zeros and small enough to count exactly (2^53 − 1). */
export function parseSize(text: string): number | undefined {
  const size = /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(size) ? size : undefined;
}
