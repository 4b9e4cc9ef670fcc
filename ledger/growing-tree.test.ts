import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ChangedTile, emptyEdge, extendTree, rootOf } from "./growing-tree.ts";
import { emptyRoot, leafHash, nodeHash } from "./merkle.ts";
import { someEntries } from "./log-scene.ts";

const leaves = someEntries(70_000).map(leafHash);

/** As RFC 6962 defines it, slowly. */
function rootByDefinition(hashes: readonly Buffer[]): Buffer {
  const [first, second] = hashes;
  if (first === undefined) return emptyRoot;
  if (second === undefined) return first;
  let middle = 1;
  while (middle * 2 < hashes.length) middle *= 2;
  return nodeHash(rootByDefinition(hashes.slice(0, middle)), rootByDefinition(hashes.slice(middle)));
}

test("the root is that of the definition for every size up to 600", () => {
  let edge = emptyEdge;
  for (let size = 0; size <= 600; size++) {
    assert.deepEqual(rootOf(edge), rootByDefinition(leaves.slice(0, size)), `size ${size}`);
    edge = extendTree(edge, leaves.slice(size, size + 1)).edge;
  }
});

test("the root is that of the definition where the third level begins", () => {
  for (const size of [65_535, 65_536, 65_537, 70_000]) {
    const { edge } = extendTree(emptyEdge, leaves.slice(0, size));
    assert.deepEqual(rootOf(edge), rootByDefinition(leaves.slice(0, size)), `size ${size}`);
  }
});

test("a tree of 70,000 has the tiles that the specification of tiles names", () => {
  const { tiles } = extendTree(emptyEdge, leaves);
  const widths = (wanted: number) =>
    tiles.filter(({ level }) => level === wanted).map(({ hashes }) => hashes.length / 32);
  assert.deepEqual(widths(0), [...Array.from({ length: 273 }, () => 256), 112]);
  assert.deepEqual(widths(1), [256, 17]);
  assert.deepEqual(widths(2), [1]);
});

test("it does not matter in which batches leaves came", () => {
  const batches = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 8 });
  fc.assert(
    fc.property(batches, (sizes) => {
      const stored = new Map<string, Buffer>();
      const store = (tile: ChangedTile) => stored.set(`${tile.level}/${tile.index}`, tile.hashes);
      let edge = emptyEdge;
      for (const size of sizes) {
        const grown = extendTree(edge, leaves.slice(edge.size, edge.size + size));
        grown.tiles.forEach(store);
        edge = grown.edge;
      }
      const atOnce = extendTree(emptyEdge, leaves.slice(0, edge.size));
      assert.deepEqual(edge, atOnce.edge);
      assert.deepEqual(
        [...stored].toSorted(),
        atOnce.tiles.map(({ level, index, hashes }) => [`${level}/${index}`, hashes] as const).toSorted(),
      );
    }),
    { numRuns: 60 },
  );
});

test("an edge that is not one of a tree of its size is refused", () => {
  const { edge } = extendTree(emptyEdge, leaves.slice(0, 300));
  assert.throws(() => extendTree({ ...edge, size: 301 }, []), RangeError);
  assert.throws(() => rootOf({ ...edge, tiles: edge.tiles.slice(0, 1) }), RangeError);
  assert.throws(() => extendTree(edge, [Buffer.alloc(31)]), RangeError);
});
