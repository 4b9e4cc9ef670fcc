import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { inspect } from "node:util";
import { documentedPolicy, type Fault, startTransitServer, type TransitServer } from "../../test-kit/transit-server.ts";
import type { KeyProvider } from "./key-provider.ts";
import { createKeyTransit } from "./key-transit.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-transit-"));
after(() => rmSync(folder, { recursive: true }));

interface Scene extends AsyncDisposable {
  readonly service: TransitServer;
  readonly provider: KeyProvider;
  readonly directory: string;
  readonly token: string;
  readonly tokenFile: string;
  /** Another installation, or the same one restored, beside this one; `namespace`: the one that it asks for. */
  beside(directory: string, namespace?: string): KeyProvider;
}

/** A service, and an installation with the key of epoch 1. */
async function openScene(namespace?: string): Promise<Scene> {
  const service = await startTransitServer(namespace === undefined ? {} : { namespace });
  const directory = mkdtempSync(join(folder, "keys-"));
  const token = service.newToken(documentedPolicy);
  const tokenFile = join(directory, "token");
  writeFileSync(tokenFile, `${token}\n`, { mode: 0o600 });
  const beside = (where: string, asked = namespace) => {
    const settings = { origin: service.url, tokenFile, mount: "transit", namespace: asked, keyPrefix: "ubada" };
    return createKeyTransit(where, settings, 1_000);
  };
  const provider = beside(directory);
  await provider.make(1, randomBytes);
  const close = () => service[Symbol.asyncDispose]();
  return { service, provider, directory, token, tokenFile, beside, [Symbol.asyncDispose]: close };
}

/** Everything that the folder holds, but the token. */
function textsIn(directory: string): string {
  const names = readdirSync(directory).filter((name) => name !== "token");
  return names.map((name) => readFileSync(join(directory, name), "utf8")).join("");
}

test("the disk holds no key, only what the service sealed; and the service's log shows every opening", async () => {
  await using scene = await openScene();
  const [key] = await scene.provider.read();
  assert.ok(key);
  for (const encoding of ["base64", "hex", "base64url"] as const) {
    assert.ok(!textsIn(scene.directory).includes(key.bytes.toString(encoding)));
  }
  assert.match(textsIn(scene.directory), /^ubada-1-[0-9a-f]{8} vault:v1:\S+\n$/);
  assert.equal(scene.service.audit.at(-1), `POST transit/decrypt/${scene.service.keyNames()[0]} 200`);
});

for (const [fault, code] of [
  ["sealed", "transit-sealed"],
  ["standby", "transit-sealed"],
  ["garbage", "transit-answer"],
  ["endless", "transit-answer"],
  ["silent", "transit-unreachable"],
  ["failing", "transit-answer"],
] satisfies readonly (readonly [Fault, string])[]) {
  test(`a service that is ${fault} is told as ${code}, without a secret, and opens again once it is mended`, async () => {
    await using scene = await openScene();
    const before = await scene.provider.read();
    scene.service.fail(fault);
    for (const act of [() => scene.provider.read(), () => scene.provider.make(2, randomBytes)]) {
      await assert.rejects(act, (error: unknown) => {
        assert.ok(error instanceof Error && "code" in error);
        assert.equal(error.code, code);
        assert.match(error.message, /Nothing is lost/);
        const shown = inspect(error, { depth: 9 });
        for (const secret of [scene.token, before[0]?.bytes.toString("base64") ?? ""]) assert.ok(!shown.includes(secret));
        return true;
      });
    }
    assert.ok(!existsSync(scene.provider.nameOf(2)));
    scene.service.fail(undefined);
    assert.deepEqual(await scene.provider.read(), before);
    await scene.provider.make(2, randomBytes);
    assert.deepEqual((await scene.provider.read()).map(({ epoch }) => epoch), [1, 2]);
  });
}

test("a service that is switched off is told as unreachable, with its address", async () => {
  const scene = await openScene();
  await scene[Symbol.asyncDispose]();
  const refusal = { code: "transit-unreachable", message: new RegExp(`${scene.service.url}.*ECONNREFUSED.*Nothing is lost`) };
  await assert.rejects(scene.provider.read(), refusal);
});

test("a token that is revoked, or whose policy is too narrow, is refused by name of its file", async () => {
  await using scene = await openScene();
  scene.service.revoke(scene.token);
  const refusal = { code: "transit-refused", message: new RegExp(`${scene.tokenFile} for POST transit/decrypt/ubada-1-`) };
  await assert.rejects(scene.provider.read(), refusal);
});

test("a token that may seal but not unseal makes no key: nobody could open it after the next start", async () => {
  await using scene = await openScene();
  const { "transit/decrypt/ubada-*": _, ...withoutUnsealing } = documentedPolicy;
  writeFileSync(scene.tokenFile, scene.service.newToken(withoutUnsealing));
  await assert.rejects(scene.provider.make(2, randomBytes), { code: "transit-refused" });
  assert.ok(!existsSync(scene.provider.nameOf(2)));
});

test("a renewed token is used at once; one that others can read, or that is none, is refused and never shown", async () => {
  await using scene = await openScene();
  scene.service.revoke(scene.token);
  writeFileSync(scene.tokenFile, scene.service.newToken(documentedPolicy));
  await scene.provider.read();
  chmodSync(scene.tokenFile, 0o640);
  await assert.rejects(scene.provider.read(), { code: "secret-exposed", message: /chmod 600/ });
  chmodSync(scene.tokenFile, 0o600);
  for (const text of ["", "two words\nand a line", "жетон"]) {
    writeFileSync(scene.tokenFile, text);
    await assert.rejects(scene.provider.read(), (error: unknown) => {
      assert.ok(error instanceof Error && "code" in error);
      assert.equal(error.code, "transit-token");
      return text === "" || !inspect(error).includes(text);
    });
  }
  rmSync(scene.tokenFile);
  await assert.rejects(scene.provider.read(), { code: "transit-token" });
});

test("an engine that is not mounted, or a namespace that is not ours, is not taken for a lost key", async () => {
  await using scene = await openScene("school");
  await assert.rejects(scene.beside(scene.directory, "another").read(), { code: "transit-refused" });
  writeFileSync(scene.tokenFile, scene.service.newToken({ "*": ["read", "update", "delete"] }));
  const { directory, tokenFile, service } = scene;
  const settings = { origin: service.url, tokenFile, mount: "elsewhere", namespace: "school", keyPrefix: "ubada" };
  const unmounted = createKeyTransit(directory, settings);
  await assert.rejects(unmounted.read(), { code: "transit-not-mounted" });
  await assert.rejects(unmounted.destroy(1, randomBytes), { code: "transit-not-mounted" }, "nor for a destroyed one");
});

test("files of two epochs that were swapped do not open, and nor does an altered or a foreign one", async () => {
  await using scene = await openScene();
  const { provider, directory } = scene;
  await provider.make(2, randomBytes);
  const [one, two, spare] = [provider.nameOf(1), provider.nameOf(2), join(directory, "spare")];
  renameSync(one, spare);
  renameSync(two, one);
  renameSync(spare, two);
  const refusal = { code: "sealed-key-broken", message: /kek-[12]\.transit.*swapped, altered or damaged/ };
  await assert.rejects(provider.read(), refusal);
  copyFileSync(two, one);
  rmSync(two);
  await provider.read();
  const text = readFileSync(one, "utf8");
  const altered = [text.replace(/.{6}=*\n$/, "AAAAAA==\n"), text.replace("vault:v1:", "vault:v9:")];
  for (const wrong of [...altered, "", "ubada-1", `${text}${text}`]) {
    writeFileSync(one, wrong);
    await assert.rejects(provider.read(), refusal);
  }
});

test("a transit key that somebody took away is told by its name, with the file that it opens", async () => {
  await using scene = await openScene();
  const [name = ""] = scene.service.keyNames();
  scene.service.loseKey(name);
  const refusal = { code: "transit-key-missing", message: new RegExp(`${name} is missing.*kek-1\\.transit`) };
  await assert.rejects(scene.provider.read(), refusal);
});

test("no file at all says plainly that nobody's data can be read", async () => {
  await using scene = await openScene();
  rmSync(scene.provider.nameOf(1));
  await assert.rejects(scene.provider.read(), { code: "secret-missing", message: /kek-1\.transit is missing/ });
});

test("whoever runs the service may rotate its keys: what an earlier version sealed still opens", async () => {
  await using scene = await openScene();
  const before = await scene.provider.read();
  for (const name of scene.service.keyNames()) scene.service.rotate(name);
  assert.deepEqual(await scene.provider.read(), before);
});

test("a destroyed epoch's file opens nothing any more, wherever a copy of it is", async () => {
  await using scene = await openScene();
  await scene.provider.make(2, randomBytes);
  const copy = join(scene.directory, "copy");
  copyFileSync(scene.provider.nameOf(1), copy);
  assert.equal(await scene.provider.destroy(1, randomBytes), true);
  assert.deepEqual(scene.service.keyNames().map((name) => name.slice(0, 8)), ["ubada-2-"]);
  assert.ok(!existsSync(scene.provider.nameOf(1)));
  renameSync(copy, scene.provider.nameOf(1));
  await assert.rejects(scene.provider.read(), { code: "transit-key-missing" });
});

for (const [what, fault, only] of [
  ["does not answer", "silent", /./],
  ["fails after it allowed the deletion", "failing", /POST .*\/config/],
  ["fails after it deleted", "failing", /DELETE/],
  ["deletes and cannot show it", "sealed", /DELETE/],
  ["says that it deleted, and did not", "stubborn", /DELETE/],
] satisfies readonly (readonly [string, Fault, RegExp])[]) {
  test(`a service that ${what} leaves an epoch that is read no more, and the next time finishes its destruction`, async () => {
    await using scene = await openScene();
    await scene.provider.make(2, randomBytes);
    scene.service.fail(fault, only);
    await assert.rejects(scene.provider.destroy(1, randomBytes), Error);
    assert.ok(readdirSync(scene.directory).includes("kek-1.transit.doomed"), "it alone knows which transit key to destroy");
    scene.service.fail(undefined);
    assert.deepEqual((await scene.provider.read()).map(({ epoch }) => epoch), [2]);
    assert.equal(await scene.provider.destroy(1, randomBytes), true);
    assert.deepEqual(readdirSync(scene.directory).toSorted(), ["kek-2.transit", "token"]);
    assert.equal(scene.service.keyNames().length, 1);
  });
}

test("a token that may not delete is told, and the epoch does not count as destroyed", async () => {
  await using scene = await openScene();
  const policy = { ...documentedPolicy, "transit/keys/ubada-*": ["read", "update"] } as const;
  writeFileSync(scene.tokenFile, scene.service.newToken(policy));
  const refusal = { code: "transit-refused", message: /DELETE transit\/keys/ };
  await assert.rejects(scene.provider.destroy(1, randomBytes), refusal);
});

test("two processes may destroy an epoch at once", async () => {
  await using scene = await openScene();
  await scene.provider.make(2, randomBytes);
  const destroy = () => scene.provider.destroy(1, randomBytes);
  assert.deepEqual(await Promise.all([destroy(), destroy()]), [true, true]);
  assert.equal(scene.service.keyNames().length, 1);
});

test("a copy of an installation that makes and destroys epochs of its own takes none from the one it was copied from", async () => {
  await using scene = await openScene();
  const copied = mkdtempSync(join(folder, "copied-"));
  copyFileSync(scene.provider.nameOf(1), join(copied, "kek-1.transit"));
  const copy = scene.beside(copied);
  await scene.provider.make(2, randomBytes);
  const before = await scene.provider.read();
  await copy.make(2, randomBytes);
  await copy.destroy(2, randomBytes);
  assert.deepEqual(await scene.provider.read(), before);
});
