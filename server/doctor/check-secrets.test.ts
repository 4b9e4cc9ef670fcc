import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { documentedPolicy, startTransitServer } from "../../test-kit/transit-server.ts";
import { readSecrets } from "../config/secrets.ts";
import { checkSecrets } from "./check-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-doctor-secrets-"));
after(() => rmSync(folder, { recursive: true }));

async function madeIn(name: string): Promise<string> {
  const directory = join(folder, name);
  await readSecrets(directory, randomBytes);
  return directory;
}

test("keys that only the operator can read are good, and the doctor says where a copy of them does not belong", async () => {
  const directory = await madeIn("good");
  assert.deepEqual(await checkSecrets(directory), [
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
  test(`a key that ${who} on the machine can touch is bad, with the command that closes it`, async () => {
    const directory = await madeIn(who.replaceAll(" ", "-"));
    const key = join(directory, "kek-1.key");
    chmodSync(key, mode);
    const [finding, ...others] = (await checkSecrets(directory)).filter(({ level }) => level === "bad");
    assert.match(finding?.sentence ?? "", new RegExp(`run: chmod 600 ${key}$`));
    assert.deepEqual(others, []);
  });
}

test("a key that is missing is bad: nobody's data can be read without it", async () => {
  for (const name of ["kek-1.key", "lookup.key"]) {
    const directory = await madeIn(`without-${name}`);
    unlinkSync(join(directory, name));
    assert.deepEqual(
      (await checkSecrets(directory)).map(({ level }) => level),
      ["bad"],
    );
  }
});

test("keys that a transit service opens are good while it answers; otherwise the doctor says what is wrong", async () => {
  await using service = await startTransitServer();
  const directory = join(folder, "transit");
  const tokenFile = join(folder, "token");
  writeFileSync(tokenFile, service.newToken(documentedPolicy), { mode: 0o600 });
  const environment = { UBADA_TRANSIT_URL: service.url, UBADA_TRANSIT_TOKEN_FILE: tokenFile };
  const { keyProvider } = await readSecrets(directory, randomBytes, environment);
  const look = async () => (await checkSecrets(directory, environment)).map(({ level, sentence }) => `${level}: ${sentence}`);
  const [good, ...others] = await look();
  assert.match(good ?? "", /^good: The keys are in \S+, and open only with the transit service, which answers; keep a copy/);
  assert.deepEqual(others, []);
  chmodSync(tokenFile, 0o640);
  assert.deepEqual(await look(), [`bad: Others on this machine can read ${tokenFile}; run: chmod 600 ${tokenFile}`]);
  chmodSync(tokenFile, 0o600);
  service.fail("sealed");
  assert.match((await look()).join(), /^bad: The transit service at \S+ is sealed/);
  service.fail(undefined);
  await keyProvider.make(2, randomBytes);
  service.fail("stubborn", /DELETE/);
  await assert.rejects(keyProvider.destroy(1, randomBytes), { code: "transit-key-remains" });
  assert.match((await look()).join("\n"), /\nbad: \S+kek-1\.transit\.doomed should be destroyed and is still here/);
});

test("no finding shows a key", async () => {
  const directory = await madeIn("shown");
  const { keyProvider, lookupKeys, appPassword } = await readSecrets(directory, randomBytes);
  const [kek] = await keyProvider.read();
  chmodSync(join(directory, "kek-1.key"), 0o644);
  const text = JSON.stringify(await checkSecrets(directory));
  for (const secret of [kek?.bytes.toString("base64") ?? "", lookupKeys.read()[0]?.toString("base64") ?? "", appPassword])
    assert.ok(!text.includes(secret));
});
