import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigError, readConfig } from "./read-config.ts";

test("with nothing set, it serves this machine alone on port 8080 with data beside it", () => {
  const config = readConfig({}, "production");
  assert.equal(config.origin, "http://127.0.0.1:8080");
  assert.deepEqual(config.intake, { host: "127.0.0.1", port: 8025, protocol: "smtp" });
  assert.match(config.dataDirectory, /\/data$/);
});

test("a demo has a folder of its own", () => {
  assert.match(readConfig({}, "demo").dataDirectory, /\/data-demo$/);
});

test("every fault is told at once, with the name of the setting and what to set", () => {
  const faulty = { PORT: "many", INTAKE_PROTOCOL: "pigeon", PUBLIC_URL: "lerna", SMTP_URL: "mail.example.kg" };
  assert.throws(() => readConfig(faulty, "production"), (error: unknown) => {
    assert.ok(error instanceof ConfigError);
    const names = error.message.split("\n").map((line) => line.split(" ")[0]);
    assert.deepEqual(names.toSorted(), ["INTAKE_PROTOCOL", "PORT", "PUBLIC_URL", "SMTP_URL"]);
    return true;
  });
});

test("the journal is kept for at least three years, and for five where nobody says so", () => {
  assert.equal(readConfig({}, "production").journalRetentionMonths, 60);
  assert.equal(readConfig({ JOURNAL_RETENTION_MONTHS: "36" }, "production").journalRetentionMonths, 36);
  for (const months of ["35", "0", "1201", "five", "40.5"]) {
    assert.throws(() => readConfig({ JOURNAL_RETENTION_MONTHS: months }, "production"), { code: "config" });
  }
});

test("in production it refuses a sample password, and an address that is not https", () => {
  const unsafe = {
    NODE_ENV: "production",
    PUBLIC_URL: "http://lerna.example",
    DATABASE_URL: "postgres://ubada:changeme@localhost/ubada",
  };
  assert.throws(() => readConfig(unsafe, "production"), (error: unknown) => {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.message.split("\n").length, 2);
    assert.doesNotMatch(error.message, /changeme/, "the password itself is not printed");
    return true;
  });
});
