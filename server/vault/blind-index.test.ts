import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import type { LookupKeys } from "../config/lookup-keys.ts";
import { BlindIndex } from "./blind-index.ts";

const keys = [randomBytes(32), randomBytes(32), randomBytes(32), randomBytes(32)];
const version = fc.integer({ min: 1, max: keys.length });
const kind = fc.constantFrom("email", "phone", "incoming-letter", "sign-in-code");

/** What another process makes appears in `held`. */
function sourceOf(held: Buffer[]): LookupKeys {
  return { nameOf: (of) => `lookup-${of}.key`, read: () => [...held], make: () => held.push(randomBytes(32)) };
}

test("the first version's digests are those from before there were versions", () => {
  const [key = Buffer.alloc(0)] = keys;
  const before = (text: string) => createHmac("sha256", key).update(text).digest();
  const index = new BlindIndex(keys);
  assert.deepEqual(index.digest("email", "a@example.kg"), before("lookup/email\0a@example.kg"));
  assert.deepEqual(index.digest("incoming-letter", Buffer.from("Subject: a")), before("incoming-letter\0Subject: a"));
});

test("a digest that is renewed, in however many steps, is the one that the value itself gives", () => {
  const index = new BlindIndex(keys);
  const steps = fc.array(version, { minLength: 2 }).map((several) => several.toSorted());
  fc.assert(
    fc.property(kind, fc.string(), steps, (of, value, versions) => {
      const [first = 1, ...later] = versions;
      let [digest, at] = [index.digest(of, value, first), first];
      for (const next of later) [digest, at] = [index.renew(digest, at, next), next];
      assert.deepEqual(digest, index.digest(of, value, at));
    }),
  );
});

test("without any one of the keys so far no digest of a version can be made", () => {
  fc.assert(
    fc.property(fc.string(), version, version, (value, last, at) => {
      fc.pre(at <= last);
      const others = new BlindIndex(keys.map((key, of) => (of + 1 === at ? randomBytes(32) : key)));
      assert.notDeepEqual(others.digest("email", value, last), new BlindIndex(keys).digest("email", value, last));
    }),
  );
});

test("a key that another process makes is taken in when the database speaks of it", () => {
  const held = keys.slice(0, 1);
  const index = new BlindIndex(held, sourceOf(held));
  assert.deepEqual([index.version, index.earlier("email", "a@example.kg")], [1, []]);
  held.push(...keys.slice(1, 2));
  assert.equal(index.version, 1, "not before: rows of it are refused");
  index.learn([2, 1]);
  assert.deepEqual([index.version, index.earlier("email", "a@example.kg")], [2, [index.digest("email", "a@example.kg", 1)]]);
  index.learn([1]);
  assert.equal(index.version, 2, "an answer that was overtaken changes nothing");
  index.learn([2]);
  assert.deepEqual(index.earlier("email", "a@example.kg"), []);
});

test("a version whose key is nowhere is missed by name, and nothing is done under it", () => {
  const index = new BlindIndex(keys.slice(0, 1), sourceOf(keys.slice(0, 1)));
  assert.throws(() => index.learn([2, 1]), { code: "lookup-key-missing", message: /lookup-2\.key is missing/ });
  assert.equal(index.version, 1);
});
