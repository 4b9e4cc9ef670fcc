import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createKeyFiles } from "../config/key-files.ts";
import type { KeyProvider } from "../config/key-provider.ts";
import { KeyEncryptionKeys } from "./key-encryption-keys.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-keks-"));
after(() => rmSync(folder, { recursive: true }));

/** Keys of a server that was started with epoch 1; its provider counts how often it is asked. */
async function startedWithOne(): Promise<{ keys: KeyEncryptionKeys; provider: KeyProvider; asked: () => number }> {
  const files = createKeyFiles(mkdtempSync(join(folder, "own-")));
  await files.make(1, randomBytes);
  let times = 0;
  const read = () => ((times += 1), files.read());
  const provider = { ...files, read };
  return { keys: new KeyEncryptionKeys(await files.read(), provider), provider, asked: () => times };
}

test("the many who meet a new epoch at once ask for its key once, and whoever knows it does not ask", async () => {
  const { keys, provider, asked } = await startedWithOne();
  await provider.make(2, randomBytes);
  await Promise.all(Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? keys.find(2) : keys.findAfter(1))));
  assert.deepEqual([keys.current, asked()], [2, 1]);
  await keys.find(1);
  assert.equal(asked(), 1);
});

test("whoever asks before a key is made is not the reason that those who come after miss it", async () => {
  const { keys, provider } = await startedWithOne();
  const early = keys.findAfter(1);
  await provider.make(2, randomBytes);
  await keys.find(2);
  await early;
  assert.ok(keys.has(2));
});

test("a provider that failed once is asked again by the next one", async () => {
  const { keys, provider } = await startedWithOne();
  const { read } = provider;
  provider.read = () => Promise.reject(new Error("away"));
  await assert.rejects(keys.find(2), /away/);
  provider.read = read;
  await provider.make(2, randomBytes);
  await keys.find(2);
  assert.equal(keys.current, 2);
});
