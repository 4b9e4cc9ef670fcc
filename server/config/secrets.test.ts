import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readSecrets } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-secrets-"));
after(() => rmSync(folder, { recursive: true }));

test("keys are made once, readable by their owner alone, and are the same ever after", () => {
  const directory = join(folder, "made");
  const first = readSecrets(directory, randomBytes);
  assert.deepEqual(readSecrets(directory, randomBytes), first);
  assert.equal(statSync(join(directory, "kek-1.key")).mode & 0o777, 0o600);
  assert.notDeepEqual(first.kek, first.lookupKey);
});

test("a key that others can read is refused, with the command that closes it", () => {
  const directory = join(folder, "open");
  readSecrets(directory, randomBytes);
  chmodSync(join(directory, "kek-1.key"), 0o644);
  assert.throws(() => readSecrets(directory, randomBytes), { code: "secret-exposed", message: /chmod 600/ });
});

test("a key file that holds something else is refused, not replaced", () => {
  const directory = join(folder, "broken");
  readSecrets(directory, randomBytes);
  writeFileSync(join(directory, "kek-1.key"), "not a key\n");
  assert.throws(() => readSecrets(directory, randomBytes), { code: "secret-unreadable" });
});

test("a key that is lost is missed, not replaced: a new one would open nothing", () => {
  const directory = join(folder, "lost");
  readSecrets(directory, randomBytes);
  unlinkSync(join(directory, "kek-1.key"));
  assert.throws(() => readSecrets(directory, randomBytes), { code: "secret-missing", message: /kek-1\.key is missing/ });
});
