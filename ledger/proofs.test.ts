import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { argon } from "./argon-2020-scene.ts";
import { emptyEdge, extendTree, rootOf } from "./growing-tree.ts";
import { buildLog, flipBit, readerOf, someEntries } from "./log-scene.ts";
import { emptyRoot, leafHash } from "./merkle.ts";
import { proveConsistency, proveInclusion, verifyConsistency, verifyInclusion } from "./proofs.ts";
import { rfcConsistencyProofs, rfcInclusionProofs, rfcLeaves, rfcRoots } from "./rfc-6962-scene.ts";

const entries = someEntries(700);
const leaves = entries.map(leafHash);
const roots = [...Array(entries.length + 1).keys()].map((size) => rootAt(size));
const none = Buffer.alloc(0);

function rootAt(size: number): Buffer {
  return rootOf(extendTree(emptyEdge, leaves.slice(0, size)).edge);
}

const readerAt = (size: number) => readerOf(buildLog(entries.slice(0, size)));

test("the proofs of Certificate Transparency's reference tree come out and hold", async () => {
  for (const [size, index, wanted] of rfcInclusionProofs) {
    const proof = await proveInclusion(readerOf(buildLog(rfcLeaves.slice(0, size))), size, index);
    assert.deepEqual(proof.map((hash) => hash.toString("hex")), wanted);
    const leaf = leafHash(rfcLeaves[index] ?? none);
    assert.ok(verifyInclusion({ index, size, leaf, root: rfcRoots[size - 1] ?? none, proof }));
  }
  for (const [oldSize, newSize, wanted] of rfcConsistencyProofs) {
    const proof = await proveConsistency(readerOf(buildLog(rfcLeaves.slice(0, newSize))), oldSize, newSize);
    assert.deepEqual(proof.map((hash) => hash.toString("hex")), wanted);
    const [oldRoot, newRoot] = [rfcRoots[oldSize - 1] ?? none, rfcRoots[newSize - 1] ?? none];
    assert.ok(verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof }));
  }
});

test("the proofs that a real log of 961,984,013 certificates gave hold", () => {
  const { index, size, leaf, root, inclusion, oldSize, oldRoot, consistency } = argon;
  assert.ok(verifyInclusion({ index, size, leaf, root, proof: inclusion }));
  assert.ok(!verifyInclusion({ index: index + 1, size, leaf, root, proof: inclusion }));
  assert.ok(verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot: root, proof: consistency }));
  assert.ok(!verifyConsistency({ oldSize: oldSize + 1, oldRoot, newSize: size, newRoot: root, proof: consistency }));
});

/** Each number below the size; of larger logs the ends, and those where subtrees meet. */
function placesIn(size: number): readonly number[] {
  const all = [...Array(size).keys()];
  return size <= 40 ? all : all.filter((at) => at < 2 || at > size - 3 || Number.isInteger(Math.log2(at)));
}

const sizes = [...Array(301).keys(), 511, 512, 513, 700];

test("entries of every log up to 300 entries, and of some larger, are proved", async () => {
  for (const size of sizes) {
    const reader = readerAt(size);
    for (const index of placesIn(size)) {
      const proof = await proveInclusion(reader, size, index);
      const claim = { index, size, leaf: leaves[index] ?? none, root: roots[size] ?? none, proof };
      assert.ok(verifyInclusion(claim), `${index} of ${size}`);
      assert.ok(!verifyInclusion({ ...claim, leaf: leaves[index + 1] ?? none }), `another at ${index} of ${size}`);
      assert.ok(!verifyInclusion({ ...claim, index: index + 1 }), `${index} elsewhere in ${size}`);
    }
  }
});

test("every log up to 300 entries, and some larger, is shown to go on from smaller ones", async () => {
  for (const newSize of sizes) {
    const reader = readerAt(newSize);
    for (const oldSize of [...placesIn(newSize), newSize]) {
      const proof = await proveConsistency(reader, oldSize, newSize);
      const claim = { oldSize, newSize, oldRoot: roots[oldSize] ?? none, newRoot: roots[newSize] ?? none, proof };
      assert.ok(verifyConsistency(claim), `${oldSize} to ${newSize}`);
      assert.ok(!verifyConsistency({ ...claim, oldRoot: roots[oldSize + 1] ?? none }), `old root, ${oldSize}`);
      // Every log goes on from nothing: there is nothing that the new root could contradict.
      if (oldSize > 0) assert.ok(!verifyConsistency({ ...claim, newRoot: leafHash(none) }), `new root, ${oldSize}`);
    }
  }
});

const place = fc.integer({ min: 1, max: 700 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.nat()));

test("an inclusion proof with a flipped bit, a hash too few or too many, or another size is refused", async () => {
  await fc.assert(
    fc.asyncProperty(place, async ([size, index, seed]) => {
      const proof = await proveInclusion(readerAt(size), size, index);
      const claim = { index, size, leaf: leaves[index] ?? none, root: roots[size] ?? none, proof };
      assert.ok(verifyInclusion(claim));
      for (const altered of alterations(proof, seed)) assert.ok(!verifyInclusion({ ...claim, proof: altered }));
      assert.ok(!verifyInclusion({ ...claim, root: flipBit(claim.root, seed % 256) }));
      assert.ok(!verifyInclusion({ ...claim, leaf: flipBit(claim.leaf, seed % 256) }));
      for (const wrong of [-1, 0.5, size, Number.NaN]) assert.ok(!verifyInclusion({ ...claim, index: wrong }));
    }),
    { numRuns: 60 },
  );
});

test("a consistency proof with a flipped bit, or a hash too few or too many, is refused", async () => {
  await fc.assert(
    fc.asyncProperty(place, async ([newSize, oldSize, seed]) => {
      const proof = await proveConsistency(readerAt(newSize), oldSize, newSize);
      const claim = { oldSize, newSize, oldRoot: roots[oldSize] ?? none, newRoot: roots[newSize] ?? none, proof };
      assert.ok(verifyConsistency(claim));
      for (const altered of alterations(proof, seed)) assert.ok(!verifyConsistency({ ...claim, proof: altered }));
      assert.ok(!verifyConsistency({ ...claim, oldRoot: flipBit(claim.oldRoot, seed % 256) }));
      if (oldSize > 0) assert.ok(!verifyConsistency({ ...claim, newRoot: flipBit(claim.newRoot, seed % 256) }));
      assert.ok(!verifyConsistency({ ...claim, oldSize: newSize + 1 }));
    }),
    { numRuns: 60 },
  );
});

/** Too few, too many, one bit wrong, a hash cut short. */
function alterations(proof: readonly Buffer[], seed: number): readonly (readonly Buffer[])[] {
  const longer = [[...proof, leafHash(none)], [leafHash(none), ...proof]];
  const at = seed % Math.max(proof.length, 1);
  const chosen = proof[at];
  if (chosen === undefined) return longer;
  const [flipped, cut] = [flipBit(chosen, seed % 256), chosen.subarray(1)];
  return [...longer, proof.toSpliced(at, 1), proof.with(at, flipped), proof.with(at, cut)];
}

test("an empty log goes on from an empty log only by the root of nothing", () => {
  const empty = { oldSize: 0, oldRoot: emptyRoot, newSize: 0, newRoot: emptyRoot, proof: [] };
  assert.ok(verifyConsistency(empty));
  assert.ok(!verifyConsistency({ ...empty, oldRoot: leafHash(none), newRoot: leafHash(none) }));
});

test("a full tile serves where the partial one was dropped", async () => {
  const files = buildLog(entries.slice(0, 512));
  files.set("tile/1/000.p/1", files.get("tile/1/000.p/2")?.subarray(0, 32) ?? none);
  const proof = await proveInclusion(readerOf(files), 500, 300);
  assert.ok(verifyInclusion({ index: 300, size: 500, leaf: leaves[300] ?? none, root: roots[500] ?? none, proof }));
});

test("what cannot be proved is said", async () => {
  const files = buildLog(entries.slice(0, 600));
  await assert.rejects(proveInclusion(readerOf(files), 600, 600), RangeError);
  await assert.rejects(proveConsistency(readerOf(files), 601, 600), RangeError);
  files.delete("tile/0/001");
  await assert.rejects(proveInclusion(readerOf(files), 600, 300), { code: "tile-missing", message: /tile\/0\/001 / });
  files.set("tile/0/001", Buffer.alloc(8191));
  await assert.rejects(proveInclusion(readerOf(files), 600, 300), { code: "tile-truncated", message: /tile\/0\/001 / });
});
