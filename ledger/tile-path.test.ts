import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseTilePath, tilePath, type TileName } from "./tile-path.ts";

const examples: readonly (readonly [TileName, string])[] = [
  [{ level: 0, index: 1_234_067, width: 256 }, "tile/0/x001/x234/067"],
  [{ level: 0, index: 1_067, width: 256 }, "tile/0/x001/067"],
  [{ level: 5, index: 123_456_078, width: 2 }, "tile/5/x123/x456/078.p/2"],
  [{ level: "entries", index: 0, width: 17 }, "tile/entries/000.p/17"],
  [{ level: "entries", index: 3_057_500, width: 256 }, "tile/entries/x003/x057/500"],
];

test("tiles are named as in the specification and in the Go checksum database", () => {
  for (const [tile, path] of examples) {
    assert.equal(tilePath(tile), path);
    assert.deepEqual(parseTilePath(path), tile);
  }
});

test("what is printed is read back the same", () => {
  const tiles = fc.tuple(
    fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant("entries" as const)),
    fc.maxSafeNat(),
    fc.integer({ min: 1, max: 256 }),
  );
  const isKept = (tile: TileName) => assert.deepEqual(parseTilePath(tilePath(tile)), tile);
  fc.assert(fc.property(tiles, ([level, index, width]) => isKept({ level, index, width })));
});

test("no file has a second name", () => {
  const wrong = [
    ...["", "checkpoint", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/1234", "/tile/0/000", "tile/0/000/"],
    ...["tile/00/000", "tile/01/000", "tile/64/000", "tile/-1/000", "tile/x/000", "tile/data/000"],
    ...["tile/0/x000/067", "tile/0/001/067", "tile/0/x001/x067", "tile/0/X001/067", "tile/3/5/123/456/078"],
    ...["tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/017", "tile/0/000.p/", "tile/0/000.p/1/2"],
    ...["tile/0/x999/x999/x999/x999/x999/999", "tile/0/../000", "tile/entries/../../000", "tile/0/000\n", "tile/0/٠٠٠"],
  ];
  for (const path of wrong) assert.equal(parseTilePath(path), undefined, path);
  assert.throws(() => tilePath({ level: 0, index: -1, width: 256 }), RangeError);
  assert.throws(() => tilePath({ level: 0, index: 0, width: 0 }), RangeError);
});
