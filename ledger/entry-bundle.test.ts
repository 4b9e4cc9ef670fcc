import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeBundle, encodeBundle } from "./entry-bundle.ts";

test("each entry stands behind its length in two bytes", () => {
  const bundle = encodeBundle([Buffer.from("ab"), Buffer.alloc(0), Buffer.from("c")]);
  assert.equal(bundle.toString("hex"), "000261620000000163");
});

test("what is bundled comes out the same, whichever way it was put together", () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)), { maxLength: 20 });
  fc.assert(
    fc.property(entries, fc.nat(20), (all, at) => {
      const bundle = encodeBundle(all);
      assert.deepEqual(decodeBundle(bundle), all);
      assert.deepEqual(Buffer.concat([encodeBundle(all.slice(0, at)), encodeBundle(all.slice(at))]), bundle);
    }),
  );
});

test("a bundle that ends within an entry is refused, and an entry that is too long is never bundled", () => {
  const bundle = encodeBundle([Buffer.from("first"), Buffer.from("second")]);
  for (const length of [1, 4, 8, bundle.length - 1]) {
    assert.throws(() => decodeBundle(bundle.subarray(0, length)), { name: "LogBroken", code: "tile-truncated" });
  }
  assert.equal(decodeBundle(encodeBundle([Buffer.alloc(65_535)]))[0]?.length, 65_535);
  assert.throws(() => encodeBundle([Buffer.alloc(65_536)]), RangeError);
});
