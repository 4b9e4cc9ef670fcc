import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readSecrets, type Secrets } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-secrets-"));
after(() => rmSync(folder, { recursive: true }));

function read(directory: string, environment: Record<string, string> = {}): Secrets {
  return readSecrets(directory, randomBytes, environment);
}

/** The secrets as plain values. */
function valuesOf({ keyProvider, lookupKeys, ...others }: Secrets) {
  return { ...others, keks: keyProvider.read(), lookup: lookupKeys.read() };
}

test("keys are made once, readable by their owner alone, and are the same ever after", () => {
  const directory = join(folder, "made");
  const first = valuesOf(read(directory));
  assert.deepEqual(valuesOf(read(directory)), first);
  for (const name of readdirSync(directory)) assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600);
  const { keks, lookup, ledgerSeed, appPassword } = first;
  const all = [...keks.map(({ bytes }) => bytes), ...lookup, ledgerSeed, Buffer.from(appPassword, "base64url")];
  assert.equal(new Set(all.map((key) => key.toString("hex"))).size, 4);
});

test("a key that others can read is refused, with the command that closes it", () => {
  for (const name of ["lookup.key", "app-password.key", "ledger.key"]) {
    const directory = join(folder, `open-${name}`);
    read(directory);
    chmodSync(join(directory, name), 0o644);
    assert.throws(() => read(directory), { code: "secret-exposed", message: /chmod 600/ });
  }
});

test("a key file that holds something else is refused, not replaced", () => {
  const directory = join(folder, "broken");
  read(directory);
  writeFileSync(join(directory, "lookup.key"), "not a key\n");
  assert.throws(() => read(directory), { code: "secret-unreadable" });
});

test("a key that is lost is missed, not replaced: a new one would open nothing", () => {
  const directory = join(folder, "lost");
  read(directory);
  unlinkSync(join(directory, "kek-1.key"));
  assert.throws(() => read(directory).keyProvider.read(), { code: "secret-missing", message: /kek-1\.key is missing/ });
  unlinkSync(join(directory, "lookup.key"));
  assert.throws(() => read(directory), { code: "secret-missing", message: /lookup\.key is missing/ });
  assert.ok(!existsSync(join(directory, "kek-1.key")));
});

test("an installation from before the ledger gets its key, and nothing else changes", () => {
  const directory = join(folder, "older");
  const { ledgerSeed: first, ...others } = valuesOf(read(directory));
  unlinkSync(join(directory, "ledger.key"));
  const { ledgerSeed, ...same } = valuesOf(read(directory));
  assert.deepEqual(same, others);
  assert.notDeepEqual(ledgerSeed, first);
  assert.deepEqual(read(directory).ledgerSeed, ledgerSeed);
});

test("where the environment gives the key-encryption key, none lies in the folder", () => {
  const directory = join(folder, "environment");
  const kek = randomBytes(32);
  const { keyProvider } = read(directory, { UBADA_KEK: kek.toString("base64") });
  assert.deepEqual(keyProvider.read(), [{ epoch: 1, bytes: kek }]);
  assert.deepEqual(readdirSync(directory).filter((name) => name.startsWith("kek-")), []);
});

test("key-encryption keys in two places are refused rather than guessed between", () => {
  const directory = join(folder, "twice");
  read(directory);
  const environment = { UBADA_KEK: randomBytes(32).toString("base64") };
  assert.throws(() => read(directory, environment), { code: "keys-in-two-places" });
});
