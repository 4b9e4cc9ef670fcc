import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { createNewId } from "./new-id.ts";

test("ids are UUIDs of version 7, and their order is the order of making, also within one millisecond", () => {
  const newId = createNewId(() => 1_790_000_000_000, randomBytes);
  const ids = Array.from({ length: 20_000 }, newId);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids.toSorted(), ids);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a clock that is set back does not set ids back", () => {
  const times = [2_000, 1_000, 3_000];
  const newId = createNewId(() => times.shift() ?? 0, randomBytes);
  const ids = [newId(), newId(), newId()];
  assert.deepEqual(ids.toSorted(), ids);
});

test("an id holds the time at which it was made", () => {
  const id = createNewId(() => 0x0123456789ab, randomBytes)();
  assert.equal(id.slice(0, 13), "01234567-89ab");
});
