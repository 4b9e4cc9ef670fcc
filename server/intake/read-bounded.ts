import type { Readable } from "node:stream";

/** Bytes that letters under way may still take together; shared by all connections. */
export interface BufferBudget {
  left: number;
}

export type BoundedRead =
  /** `release` gives the memory back to the budget. */
  | { readonly kind: "read"; readonly raw: Buffer; release(): void }
  | { readonly kind: "too-large" | "busy" };

/**
 * Reads a stream to its end and keeps at most `limit` bytes. What is too much is let go at once and the rest is only
 * counted off, so that memory stays flat however much comes. Throws if the stream breaks off.
 */
export async function readBounded(stream: Readable, limit: number, budget: BufferBudget): Promise<BoundedRead> {
  let chunks: Buffer[] = [];
  let kept = 0;
  let refused: "too-large" | "busy" | undefined;
  const letGo = () => {
    budget.left += kept;
    chunks = [];
    kept = 0;
  };
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (refused !== undefined) continue;
      chunks.push(chunk);
      kept += chunk.length;
      budget.left -= chunk.length;
      if (kept > limit) refused = "too-large";
      else if (budget.left < 0) refused = "busy";
      if (refused !== undefined) letGo();
    }
  } catch (error) {
    letGo();
    throw error;
  }
  if (refused !== undefined) return { kind: refused };
  return { kind: "read", raw: Buffer.concat(chunks), release: letGo };
}
