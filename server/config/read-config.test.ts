import assert from "node:assert/strict";
import { test } from "node:test";
import { createCosigner } from "../../ledger/cosignature.ts";
import { createNoteSigner } from "../../ledger/signed-note.ts";
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

const witness = createCosigner("witness.example", Buffer.alloc(32, 1)).verifierKey;
const other = createCosigner("other.example", Buffer.alloc(32, 2)).verifierKey;

test("witnesses are pairs of an address and a key", () => {
  assert.deepEqual(readConfig({}, "production").witnesses, []);
  const setting = `https://witness.example/w/ ${witness}\n  http://127.0.0.1:7380 ${other} `;
  const { witnesses } = readConfig({ WITNESSES: setting }, "production");
  assert.deepEqual(
    witnesses.map(({ name, key, submitTo }) => [name, key, submitTo]),
    [
      ["witness.example", witness, "https://witness.example/w/add-checkpoint"],
      ["other.example", other, "http://127.0.0.1:7380/add-checkpoint"],
    ],
  );
});

test("a witness that could not be asked, or believed, is refused with a sentence that repeats no password", () => {
  const sameKey = createCosigner("third.example", Buffer.alloc(32, 1)).verifierKey;
  const log = createNoteSigner("example.org/log", Buffer.alloc(32, 3)).verifierKey;
  const many = Array.from({ length: 16 }, (_, at) => createCosigner(`w${at}.example`, Buffer.alloc(32, 10 + at)));
  const faulty: readonly (readonly [string, RegExp])[] = [
    ["https://witness.example/", /pairs/],
    [`http://witness.example/ ${witness}`, /not https/],
    [`${witness} https://witness.example/`, /address/],
    [`https://somebody:secret@witness.example/ ${witness}`, /password/],
    [`https://witness.example/?log=7 ${witness}`, /address/],
    [`https://witness.example/ ${log}`, /is that of a log/],
    [`https://witness.example/ ${witness.slice(0, -4)}`, /key that cannot be used/],
    [`https://witness.example/ ${witness} https://third.example/ ${sameKey}`, /same key twice/],
    [many.map(({ verifierKey }) => `https://w.example/ ${verifierKey}`).join(" "), /room for 15/],
  ];
  for (const [setting, sentence] of faulty) {
    assert.throws(() => readConfig({ WITNESSES: setting }, "production"), (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      for (const line of error.message.split("\n")) assert.match(line, /^WITNESSES /);
      assert.match(error.message, sentence);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  }
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
