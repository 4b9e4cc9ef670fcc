import { emptyEdge, extendTree } from "../ledger/growing-tree.ts";
import { buildLog, exampleVerifier, readerOf } from "../ledger/log-scene.ts";
import { leafHash } from "../ledger/merkle.ts";
import { verifyLog } from "../ledger/verify-log.ts";

const count = 400_000;
const batch = 10_000;

/** Of a log of 400,000 entries of 200 bytes, in memory: entries checked, and entries appended, in a second. */
export async function measureLedger(): Promise<{ readonly verifyPerSecond: number; readonly extendPerSecond: number }> {
  const entries = Array.from({ length: count }, (_, at) => Buffer.alloc(200, `entry ${at} `));
  const reader = readerOf(buildLog(entries));
  return {
    extendPerSecond: await rate(async () => extendInBatches(entries)),
    verifyPerSecond: await rate(async () => verifyLog(reader, exampleVerifier)),
  };
}

function extendInBatches(entries: readonly Buffer[]): void {
  let edge = emptyEdge;
  for (let at = 0; at < entries.length; at += batch) {
    edge = extendTree(edge, entries.slice(at, at + batch).map(leafHash)).edge;
  }
}

async function rate(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (count * 1000) / (performance.now() - began);
}
