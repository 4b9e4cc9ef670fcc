import assert from "node:assert/strict";
import { test } from "node:test";
import { findFaults } from "./new-member.ts";

const good = { login: "bermet.t", name: "Бермет Тестова", password: "зимой снег тёплый" };

test("a login, a name and a sentence for a password are enough; no kinds of characters are demanded", () => {
  assert.deepEqual(findFaults(good), []);
  assert.deepEqual(findFaults({ ...good, password: "bbbbaaaacccc" }), []);
});

test("each field is told its own fault", () => {
  for (const login of ["", "ab", "-ab", "ab.", "a b c", "бермет", "a".repeat(41)]) {
    assert.deepEqual(findFaults({ ...good, login }), ["login-shape"], login);
  }
  assert.deepEqual(findFaults({ ...good, name: "  " }), ["name-missing"]);
  assert.deepEqual(findFaults({ ...good, name: "я".repeat(81) }), ["name-too-long"]);
});

test("a password is refused for being short, endless, the login itself or among the commonest", () => {
  const fault = (password: string, login = good.login) => findFaults({ ...good, login, password });
  assert.deepEqual(fault("11 знаков.."), ["password-short"]);
  assert.deepEqual(fault("я".repeat(201)), ["password-long"]);
  assert.deepEqual(fault("Bermet.Testova", "bermet.testova"), ["password-is-login"]);
  assert.deepEqual(fault("Password1234"), ["password-common"]);
  assert.deepEqual(fault("ЙцукенЙцукен"), ["password-common"]);
});

test("a password's length is counted in characters, not in bytes or halves of an emoji", () => {
  assert.deepEqual(findFaults({ ...good, password: "🐎🐎🐎🐎🐎🐎" }), ["password-short"]);
  assert.deepEqual(findFaults({ ...good, password: "🐎🐑🐎🐑🐎🐑🐎🐑🐎🐑🐎🐑" }), []);
});
