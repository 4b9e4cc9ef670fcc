import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { documentedPolicy, startTransitServer, type TransitServer } from "../../test-kit/transit-server.ts";
import { createKeyEnvironment } from "./key-environment.ts";
import { createKeyFiles } from "./key-files.ts";
import type { KeyProvider } from "./key-provider.ts";
import { createKeyTransit } from "./key-transit.ts";
import { createTransitEngine } from "./transit-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-keys-"));
let transit: TransitServer;
before(async () => {
  transit = await startTransitServer();
});
after(async () => {
  await transit?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

type Texts = Readonly<Record<number, string>>;

/** Each provider, holding what is given: by epoch, the text that stands for a key. */
const providers: Readonly<Record<string, (texts: Texts) => Promise<KeyProvider>>> = {
  "key files": async (texts) => {
    const directory = mkdtempSync(join(folder, "files-"));
    for (const [epoch, text] of Object.entries(texts)) {
      writeFileSync(join(directory, `kek-${epoch}.key`), text, { mode: 0o600 });
    }
    return createKeyFiles(directory);
  },
  "transit service": async (texts) => {
    const directory = mkdtempSync(join(folder, "transit-"));
    const tokenFile = join(directory, "token");
    writeFileSync(tokenFile, transit.newToken(documentedPolicy), { mode: 0o600 });
    const settings = { origin: transit.url, tokenFile, mount: "transit", namespace: undefined, keyPrefix: "ubada" };
    const engine = createTransitEngine(settings);
    for (const [epoch, text] of Object.entries(texts)) {
      const name = `ubada-${epoch}-${randomBytes(4).toString("hex")}`;
      await engine.makeKey(name);
      const sealed = await engine.seal(name, Buffer.from(text, "base64"), `ubada/kek/${epoch}`);
      writeFileSync(join(directory, `kek-${epoch}.transit`), `${name} ${sealed}\n`, { mode: 0o600 });
    }
    return createKeyTransit(directory, settings);
  },
  environment: async (texts) =>
    createKeyEnvironment(Object.fromEntries(Object.entries(texts).map(([epoch, text]) => [variable(epoch), text]))),
};

function variable(epoch: string): string {
  return epoch === "1" ? "UBADA_KEK" : `UBADA_KEK_${epoch}`;
}

const newKey = () => randomBytes(32).toString("base64");

for (const [name, hold] of Object.entries(providers)) {
  test(`${name}: every key is read back, the oldest epoch first, each time in a buffer of its own`, async () => {
    const texts = { 10: newKey(), 2: newKey(), 1: newKey() };
    const provider = await hold(texts);
    const first = await provider.read();
    assert.deepEqual(
      first.map(({ epoch, bytes }) => [epoch, bytes.toString("base64")]),
      [[1, texts[1]], [2, texts[2]], [10, texts[10]]],
    );
    for (const { bytes } of first) bytes.fill(0);
    assert.equal((await provider.read())[0]?.bytes.toString("base64"), texts[1]);
  });

  for (const [what, text] of [
    ["31 bytes", randomBytes(31).toString("base64")],
    ["33 bytes", randomBytes(33).toString("base64")],
    ["hex", randomBytes(32).toString("hex")],
    ["a word", "changeme"],
  ] as const) {
    test(`${name}: ${what} is no key, and is told by its place alone`, async () => {
      const read = async () => (await hold({ 1: newKey(), 2: text })).read();
      await assert.rejects(read, (error: unknown) => {
        assert.ok(error instanceof Error && "code" in error);
        assert.equal(error.code, "secret-unreadable");
        assert.match(error.message, /(kek-2\.(key|transit)|UBADA_KEK_2) is not a key of 32 bytes/);
        assert.ok(!inspect(error).includes(text));
        return true;
      });
    });
  }

  test(`${name}: a key of a new epoch is made, or the operator is told what to set; those held stay`, async () => {
    const provider = await hold({ 1: newKey() });
    const before = await provider.read();
    if (provider.kind !== "environment") {
      await provider.make(2, randomBytes);
      assert.deepEqual((await provider.read()).map(({ epoch }) => epoch), [1, 2]);
      assert.equal(statSync(provider.nameOf(2)).mode & 0o777, 0o600);
    } else {
      const refusal = { code: "next-kek-wanted", message: /^Set UBADA_KEK_2 .*UBADA_KEK as it is/ };
      await assert.rejects(provider.make(2, randomBytes), refusal);
    }
    assert.deepEqual((await provider.read())[0], before[0]);
  });

  test(`${name}: a key is said to be destroyed exactly if it can no longer be read; twice is no harm`, async () => {
    const provider = await hold({ 1: newKey(), 2: newKey() });
    for (let time = 0; time < 2; time += 1) {
      const gone = await provider.destroy(1, randomBytes);
      assert.equal(gone, !(await provider.read()).some(({ epoch }) => epoch === 1));
    }
    assert.equal(await provider.destroy(7, randomBytes), true, "what is not held is destroyed already");
    assert.equal((await provider.read()).at(-1)?.epoch, 2);
  });

  test(`${name}: nothing that it prints holds a key`, async () => {
    const texts = { 1: newKey(), 2: newKey() };
    const provider = await hold(texts);
    const shown = `${inspect(provider, { depth: 9 })} ${JSON.stringify(provider)} ${provider.nameOf(1)} ${provider.nameOf(2)}`;
    for (const text of Object.values(texts)) assert.ok(!shown.includes(text));
  });
}

test("a key file is refused if others can read it, and none at all says plainly that nobody's data can be read", async () => {
  const provider = createKeyFiles(mkdtempSync(join(folder, "own-")));
  await assert.rejects(provider.read(), { code: "secret-missing", message: /nobody's data can be read, by anyone/ });
  await provider.make(1, randomBytes);
  for (const mode of [0o640, 0o604]) {
    chmodSync(provider.nameOf(1), mode);
    await assert.rejects(provider.read(), { code: "secret-exposed", message: /chmod 600/ });
  }
});

test("a key file is overwritten before it is removed, and no draft is left behind", async () => {
  const directory = mkdtempSync(join(folder, "destroyed-"));
  const provider = createKeyFiles(directory);
  await provider.make(1, randomBytes);
  const text = readFileSync(provider.nameOf(1), "utf8");
  const asked: number[] = [];
  await provider.destroy(1, (size) => (asked.push(size), randomBytes(size)));
  assert.deepEqual(asked, [text.length]);
  assert.deepEqual(readdirSync(directory), []);
});

test("a crash while a key file is destroyed leaves nothing that is taken for a key, and the next time finishes it", async () => {
  const directory = mkdtempSync(join(folder, "half-destroyed-"));
  const provider = createKeyFiles(directory);
  await provider.make(1, randomBytes);
  await provider.make(2, randomBytes);
  const crash = () => {
    throw new Error("killed");
  };
  await assert.rejects(provider.destroy(1, crash), /killed/);
  assert.deepEqual((await provider.read()).map(({ epoch }) => epoch), [2]);
  assert.equal(await provider.destroy(1, randomBytes), true);
  assert.deepEqual(readdirSync(directory), ["kek-2.key"]);
});

test("variables that name no epoch, or the same one twice, are refused by name; an empty one counts as not set", async () => {
  const key = newKey();
  for (const wrong of [{ UBADA_KEK_0: key }, { UBADA_KEK_two: key }, { UBADA_KEK: key, UBADA_KEK_1: key }]) {
    assert.throws(() => createKeyEnvironment(wrong), { code: "kek-names" });
  }
  const provider = createKeyEnvironment({ UBADA_KEK: "", UBADA_KEK_2: key, OTHER: "x" });
  assert.deepEqual((await provider.read()).map(({ epoch }) => epoch), [2]);
});
