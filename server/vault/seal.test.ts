import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { KeyEncryptionKeys } from "./key-encryption-keys.ts";
import { seal, unseal } from "./seal.ts";

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const key = randomBytes(32);

test("what was sealed opens under the same key and name, to the same bytes", () => {
  fc.assert(
    fc.property(bytes, fc.string(), (plain, identity) => {
      assert.deepEqual(unseal(key, seal(key, plain, identity, randomBytes), identity), plain);
    }),
  );
});

test("a sealed record with any bit flipped does not open", () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(7), (plain, place, bit) => {
      const sealed = seal(key, plain, "row", randomBytes);
      const at = place % sealed.length;
      sealed.writeUInt8(sealed.readUInt8(at) ^ (1 << bit), at);
      assert.throws(() => unseal(key, sealed, "row"), { code: "seal-broken" });
    }),
  );
});

test("a sealed record moved to another row, or cut short, does not open", () => {
  const sealed = seal(key, Buffer.from("+996555000111"), "row 1", randomBytes);
  assert.throws(() => unseal(key, sealed, "row 2"), { code: "seal-broken" });
  for (const length of [0, 5, 27, sealed.length - 1]) {
    assert.throws(() => unseal(key, sealed.subarray(0, length), "row 1"), { code: "seal-broken" });
  }
});

test("a subject's key opens under its epoch alone, and says plainly when the epoch's key is lost", () => {
  const keys = new KeyEncryptionKeys([{ epoch: 1, bytes: randomBytes(32) }]);
  const wrapped = keys.wrap("subject", key, randomBytes);
  assert.deepEqual(keys.unwrap("subject", wrapped), key);
  assert.throws(() => keys.unwrap("another", wrapped), { code: "seal-broken" });
  const others = new KeyEncryptionKeys([{ epoch: 2, bytes: randomBytes(32) }]);
  assert.throws(() => others.unwrap("subject", wrapped), { code: "kek-missing" });
});
