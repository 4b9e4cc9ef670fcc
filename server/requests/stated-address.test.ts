import assert from "node:assert/strict";
import { test } from "node:test";
import { findStatedAddress, isAddress } from "./stated-address.ts";

const ours = "softskills@lerna.kg";
const from = "aibek.testov@example.kg";
const stated = (text: string) => findStatedAddress(text, from, ours);

test("a letter that states no address speaks for the one it came from", () => {
  assert.deepEqual(stated("Прошу прекратить."), { kind: "own" });
});

test("a letter that states its own address, in any case, speaks for it", () => {
  assert.deepEqual(stated("Мой адрес: Aibek.Testov@Example.KG."), { kind: "own" });
});

test("a letter that states another address speaks for that one", () => {
  const other = { kind: "other", address: "another@example.org" };
  assert.deepEqual(stated("Мой адрес – another@example.org."), other);
  assert.deepEqual(stated("<mailto:Another@Example.org>"), other);
});

test("where the writer's own address is among those stated, it counts", () => {
  assert.deepEqual(stated(`another@example.org, ${from}`), { kind: "own" });
});

test("two other addresses need a person to read the letter", () => {
  assert.deepEqual(stated("a@example.org или b@example.org"), { kind: "several" });
});

test("the company's address and quoted lines are not statements of the writer", () => {
  assert.deepEqual(stated(`Пишу на ${ours}\n> от another@example.org\n  > и b@example.org`), { kind: "own" });
});

test("a letter from nowhere speaks for the address it states", () => {
  assert.deepEqual(findStatedAddress("a@example.org", undefined, ours), { kind: "other", address: "a@example.org" });
});

test("an address has a name and a domain, also in Cyrillic", () => {
  for (const good of ["a@example.kg", "айбек@пример.кг", "a.b+c@mail.example.org"]) assert.ok(isAddress(good), good);
  const header = "a@example.kg\r\nBcc: c@example.kg";
  for (const bad of ["", "a", "a@", "@b.kg", "a@b", "a b@example.kg", header, "<a@example.kg>"]) {
    assert.ok(!isAddress(bad), bad);
  }
});

test("a megabyte of letters, dots or at signs takes no time", () => {
  const started = performance.now();
  for (const unit of ["a", "a.", "@", "a@b", "a@b.", "> "]) stated(unit.repeat(1_000_000 / unit.length));
  assert.ok(performance.now() - started < 2000);
});
