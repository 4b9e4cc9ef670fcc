import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readSecrets } from "../config/secrets.ts";
import { checkSecrets } from "./check-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-doctor-secrets-"));
after(() => rmSync(folder, { recursive: true }));

function madeIn(name: string): string {
  const directory = join(folder, name);
  readSecrets(directory, randomBytes);
  return directory;
}

test("keys that only the operator can read are good, and the doctor says where a copy of them does not belong", () => {
  const directory = madeIn("good");
  assert.deepEqual(checkSecrets(directory), [
    {
      level: "good",
      sentence: `The keys are in ${directory}; keep a copy elsewhere, never beside a database backup.`,
    },
  ]);
});

for (const [who, mode] of [
  ["the group", 0o640],
  ["everybody", 0o604],
  ["whoever may write", 0o620],
] as const) {
  test(`a key that ${who} on the machine can touch is bad, with the command that closes it`, () => {
    const directory = madeIn(who.replaceAll(" ", "-"));
    const key = join(directory, "kek-1.key");
    chmodSync(key, mode);
    const [finding, ...others] = checkSecrets(directory).filter(({ level }) => level === "bad");
    assert.match(finding?.sentence ?? "", new RegExp(`run: chmod 600 ${key}$`));
    assert.deepEqual(others, []);
  });
}

test("a key that is missing is bad: nobody's data can be read without it", () => {
  for (const name of ["kek-1.key", "lookup.key"]) {
    const directory = madeIn(`without-${name}`);
    unlinkSync(join(directory, name));
    assert.deepEqual(
      checkSecrets(directory).map(({ level }) => level),
      ["bad"],
    );
  }
});

test("no finding shows a key", () => {
  const directory = madeIn("shown");
  const { keyProvider, lookupKeys, appPassword } = readSecrets(directory, randomBytes);
  const [kek] = keyProvider.read();
  chmodSync(join(directory, "kek-1.key"), 0o644);
  const text = JSON.stringify(checkSecrets(directory));
  for (const secret of [kek?.bytes.toString("base64") ?? "", lookupKeys.read()[0]?.toString("base64") ?? "", appPassword])
    assert.ok(!text.includes(secret));
});
