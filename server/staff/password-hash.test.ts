import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { hashPassword, isPasswordOf, nobodysHash, PasswordHashBroken } from "./password-hash.ts";

test("a password is kept as argon2id with its cost beside it, and only that password opens it", async () => {
  const hash = await hashPassword("три толстых кота 3", randomBytes);
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.equal(await isPasswordOf("три толстых кота 3", hash), true);
  assert.equal(await isPasswordOf("три толстых кота 4", hash), false);
  assert.notEqual(await hashPassword("три толстых кота 3", randomBytes), hash);
});

test("the same keys typed on another system give the same password", async () => {
  const hash = await hashPassword("пароль из букв й".normalize("NFD"), randomBytes);
  assert.equal(await isPasswordOf("пароль из букв й".normalize("NFC"), hash), true);
});

test("the hash that stands in for an unknown login costs the same and fits no password", async () => {
  assert.equal(await isPasswordOf("", nobodysHash), false);
  assert.match(nobodysHash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("a hash that somebody wrote by hand is named instead of being compared", async () => {
  await assert.rejects(isPasswordOf("x", "plain text"), PasswordHashBroken);
});

test("argon2id gives the value of an independent implementation", async () => {
  // From argon2-cffi's documentation of its default format; password and salt are theirs.
  const known = "$argon2id$v=19$m=65536,t=3,p=4$MIIRqgvgQbgj220jfp0MPA$YfwJSVjtjSU0zzV/P3S9nnQ/USre2wvJMjfCIjrTQbg";
  assert.equal(await isPasswordOf("correct horse battery staple", known), true);
});
