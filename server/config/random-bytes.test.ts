import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { createRandomBytes } from "./random-bytes.ts";

test("every byte of the source is given out at most once, and in order", () => {
  const drawn: Buffer[] = [];
  const draw = createRandomBytes((size) => {
    const bytes = randomBytes(size);
    drawn.push(Buffer.from(bytes));
    return bytes;
  });
  const sizes = Array.from({ length: 3_000 }, (_, index) => (index * 7) % 33);
  const given = sizes.map(draw);
  assert.deepEqual(given.map(({ length }) => length), sizes);
  const source = Buffer.concat(drawn);
  let at = 0;
  for (const bytes of given.filter(({ length }) => length > 0)) {
    const found = source.indexOf(bytes, at);
    assert.ok(found >= at && found - at < 33, "bytes were given twice, or left out");
    at = found + bytes.length;
  }
});

test("what was given out is wiped from the pool, and what the caller holds is a copy", () => {
  let pool: Buffer = Buffer.alloc(0);
  const draw = createRandomBytes((size) => (pool = Buffer.alloc(size, 0xaa)));
  const first = draw(32);
  assert.deepEqual(first, Buffer.alloc(32, 0xaa));
  assert.deepEqual(pool.subarray(0, 32), Buffer.alloc(32));
  first.fill(1);
  assert.deepEqual(draw(32), Buffer.alloc(32, 0xaa));
});

test("a large want goes to the source itself", () => {
  const sizes: number[] = [];
  const draw = createRandomBytes((size) => (sizes.push(size), randomBytes(size)));
  assert.equal(draw(10_000).length, 10_000);
  assert.deepEqual(sizes, [10_000]);
});
