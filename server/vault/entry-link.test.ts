import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { openLink, sealLink, unsealedEpoch } from "./entry-link.ts";
import { KeyEncryptionKeys } from "./key-encryption-keys.ts";

const keys = new KeyEncryptionKeys([1, 2].map((epoch) => ({ epoch, bytes: randomBytes(32) })));
const receipt = fc.record({
  recordId: fc.uuid(),
  key: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
});
const link = fc.record({ entryId: fc.uuid(), receipt: fc.option(receipt, { nil: undefined }) });

test("a link is read back by whoever holds the epoch's key, and says whose it is to nobody else", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), link, (subject, other, made) => {
      fc.pre(subject !== other);
      const sealed = sealLink(keys, subject, made, randomBytes);
      const { entryId, receipt } = openLink(keys, subject, sealed);
      assert.deepEqual([entryId, receipt?.recordId, receipt?.key], [made.entryId, made.receipt?.recordId, made.receipt?.key]);
      assert.throws(() => openLink(keys, other, sealed), { code: "seal-broken" });
      assert.throws(() => openLink(keys, subject, { ...sealed, kek_epoch: 1 }), { code: "seal-broken" });
      assert.ok(!sealed.sealed.includes(Buffer.from(made.entryId.replaceAll("-", ""), "hex")));
    }),
  );
});

test("two links to one entry have nothing in common", () => {
  const made = { entryId: "0193a1b2-0000-7000-8000-000000000001" };
  const [one, other] = [sealLink(keys, made.entryId, made, randomBytes), sealLink(keys, made.entryId, made, randomBytes)];
  assert.ok(!one.sealed.equals(other.sealed));
});

test("once the epoch's key is gone its links open to nobody", () => {
  const [old, both] = [randomBytes(32), randomBytes(32)];
  const holder = new KeyEncryptionKeys([{ epoch: 1, bytes: Buffer.from(old) }]);
  const subject = "0193a1b2-0000-7000-8000-000000000002";
  const sealed = sealLink(holder, subject, { entryId: subject }, randomBytes);
  const later = new KeyEncryptionKeys([
    { epoch: 1, bytes: old },
    { epoch: 2, bytes: both },
  ]);
  assert.equal(openLink(later, subject, sealed).entryId, subject);
  later.forget(1);
  assert.throws(() => openLink(later, subject, sealed), { code: "kek-missing" });
});

test("a link from before links were sealed is read as it lies", () => {
  const id = "0193a1b2-0000-7000-8000-00000000000a";
  const sealed = Buffer.from(id.replaceAll("-", ""), "hex");
  assert.deepEqual(openLink(keys, id, { kek_epoch: unsealedEpoch, sealed }), { entryId: id });
});
