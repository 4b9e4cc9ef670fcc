import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { emptyEdge, extendTree, rootOf } from "./growing-tree.ts";
import { emptyRoot, leafHash, nodeHash } from "./merkle.ts";
import { rfcLeaves, rfcRoots } from "./rfc-6962-scene.ts";

test("hashes are those of RFC 6962", () => {
  // The vectors of Certificate Transparency's own code.
  const leaf = leafHash(Buffer.from("L123456"));
  const node = nodeHash(Buffer.from("N123"), Buffer.from("N456"));
  assert.equal(emptyRoot.toString("hex"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(leaf.toString("hex"), "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  assert.equal(node.toString("hex"), "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
});

test("an entry of any length is hashed, after a longer and after a shorter one", () => {
  for (const length of [65_535, 65_536, 100_000, 3, 0, 65_535]) {
    const entry = Buffer.alloc(length, 5);
    assert.deepEqual(leafHash(entry), hash("sha256", Buffer.concat([Buffer.of(0), entry]), "buffer"));
  }
});

test("the roots of 1 to 8 leaves are those of Certificate Transparency's reference tree", () => {
  const leaves = rfcLeaves.map(leafHash);
  const roots = leaves.map((_, at) => rootOf(extendTree(emptyEdge, leaves.slice(0, at + 1)).edge).toString("hex"));
  assert.deepEqual(roots, rfcRoots.map((root) => root.toString("hex")));
});
