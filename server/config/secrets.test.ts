import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { statSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { documentedPolicy, startTransitServer, type TransitServer } from "../../test-kit/transit-server.ts";
import { readSecrets, type Secrets } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-secrets-"));
after(() => rmSync(folder, { recursive: true }));

function read(directory: string, environment: Record<string, string> = {}): Promise<Secrets> {
  return readSecrets(directory, randomBytes, environment);
}

/** The secrets as plain values. */
async function valuesOf({ keyProvider, lookupKeys, ...others }: Secrets) {
  return { ...others, keks: await keyProvider.read(), lookup: lookupKeys.read() };
}

test("keys are made once, readable by their owner alone, and are the same ever after", async () => {
  const directory = join(folder, "made");
  const first = await valuesOf(await read(directory));
  assert.deepEqual(await valuesOf(await read(directory)), first);
  for (const name of readdirSync(directory)) assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600);
  const { keks, lookup, ledgerSeed, appPassword } = first;
  const all = [...keks.map(({ bytes }) => bytes), ...lookup, ledgerSeed, Buffer.from(appPassword, "base64url")];
  assert.equal(new Set(all.map((key) => key.toString("hex"))).size, 4);
});

test("a key that others can read is refused, with the command that closes it", async () => {
  for (const name of ["lookup.key", "app-password.key", "ledger.key"]) {
    const directory = join(folder, `open-${name}`);
    await read(directory);
    chmodSync(join(directory, name), 0o644);
    await assert.rejects(read(directory), { code: "secret-exposed", message: /chmod 600/ });
  }
});

test("a key file that holds something else is refused, not replaced", async () => {
  const directory = join(folder, "broken");
  await read(directory);
  writeFileSync(join(directory, "lookup.key"), "not a key\n");
  await assert.rejects(read(directory), { code: "secret-unreadable" });
});

test("a key that is lost is missed, not replaced: a new one would open nothing", async () => {
  const directory = join(folder, "lost");
  await read(directory);
  unlinkSync(join(directory, "kek-1.key"));
  await assert.rejects((await read(directory)).keyProvider.read(), { code: "secret-missing", message: /kek-1\.key is missing/ });
  unlinkSync(join(directory, "lookup.key"));
  await assert.rejects(read(directory), { code: "secret-missing", message: /lookup\.key is missing/ });
  assert.ok(!existsSync(join(directory, "kek-1.key")));
});

test("an installation from before the ledger gets its key, and nothing else changes", async () => {
  const directory = join(folder, "older");
  const { ledgerSeed: first, ...others } = await valuesOf(await read(directory));
  unlinkSync(join(directory, "ledger.key"));
  const { ledgerSeed, ...same } = await valuesOf(await read(directory));
  assert.deepEqual(same, others);
  assert.notDeepEqual(ledgerSeed, first);
  assert.deepEqual((await read(directory)).ledgerSeed, ledgerSeed);
});

test("where the environment gives the key-encryption key, none lies in the folder", async () => {
  const directory = join(folder, "environment");
  const kek = randomBytes(32);
  const { keyProvider } = await read(directory, { UBADA_KEK: kek.toString("base64") });
  assert.deepEqual(await keyProvider.read(), [{ epoch: 1, bytes: kek }]);
  assert.deepEqual(readdirSync(directory).filter((name) => name.startsWith("kek-")), []);
});

test("key-encryption keys in two places are refused rather than guessed between", async () => {
  await using service = await startTransitServer();
  const transit = settingsFor(service, "twice");
  const kek = { UBADA_KEK: randomBytes(32).toString("base64") };
  const [inFiles, inTransit] = [join(folder, "twice-files"), join(folder, "twice-transit")];
  await read(inFiles);
  await read(inTransit, transit);
  for (const [directory, environment] of [
    [inFiles, kek],
    [inFiles, transit],
    [inTransit, kek],
    [join(folder, "twice-neither"), { ...kek, ...transit }],
  ] as const) {
    await assert.rejects(read(directory, environment), { code: "keys-in-two-places" });
  }
  await assert.rejects(read(inTransit), { code: "config", message: /UBADA_TRANSIT_URL is not set/ });
});

test("with a transit service the first key is sealed by it, and none lies in the folder", async () => {
  await using service = await startTransitServer();
  const transit = settingsFor(service, "sealed");
  const directory = join(folder, "transit-sealed");
  const first = await valuesOf(await read(directory, transit));
  assert.deepEqual(await valuesOf(await read(directory, transit)), first);
  const names = readdirSync(directory).toSorted();
  assert.deepEqual(names, ["app-password.key", "kek-1.transit", "ledger.key", "lookup.key"]);
  for (const name of names) assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600);
});

test("a first start whose transit service does not answer leaves no secret, and the next one makes them all", async () => {
  await using service = await startTransitServer();
  const transit = settingsFor(service, "later");
  const directory = join(folder, "transit-later");
  service.fail("sealed");
  await assert.rejects(read(directory, transit), { code: "transit-sealed" });
  assert.deepEqual(readdirSync(directory).filter((name) => name.endsWith(".key")), []);
  service.fail(undefined);
  assert.equal((await valuesOf(await read(directory, transit))).keks.length, 1);
});

test("keys that were files move to a transit service as the decision describes, and stay the same keys", async () => {
  await using service = await startTransitServer();
  const { UBADA_TRANSIT_URL: url, ...transit } = settingsFor(service, "moved");
  const directory = join(folder, "transit-moved");
  const before = await valuesOf(await read(directory));
  const ask = async (path: string, body: object) => {
    const headers = { "X-Vault-Token": readFileSync(transit.UBADA_TRANSIT_TOKEN_FILE, "utf8").trim() };
    const answer = await fetch(`${url}/v1/transit/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return (await answer.json()) as { readonly data: { readonly ciphertext?: string } };
  };
  await ask("keys/ubada-1-moved", {});
  const plaintext = readFileSync(join(directory, "kek-1.key"), "utf8").trim();
  const body = { plaintext, associated_data: Buffer.from("ubada/kek/1").toString("base64") };
  const { data } = await ask("encrypt/ubada-1-moved", body);
  writeFileSync(join(directory, "kek-1.transit"), `ubada-1-moved ${data.ciphertext}\n`, { mode: 0o600 });
  unlinkSync(join(directory, "kek-1.key"));
  assert.deepEqual(await valuesOf(await read(directory, { UBADA_TRANSIT_URL: url, ...transit })), before);
});

function settingsFor(service: TransitServer, name: string) {
  const tokenFile = join(folder, `token-${name}`);
  writeFileSync(tokenFile, service.newToken(documentedPolicy), { mode: 0o600 });
  return { UBADA_TRANSIT_URL: service.url, UBADA_TRANSIT_TOKEN_FILE: tokenFile };
}
