import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { folderReader } from "./folder-reader.ts";
import { buildLog, exampleVerifier, someEntries } from "./log-scene.ts";
import { verifyLog } from "./verify-log.ts";

const folder = mkdtempSync(join(tmpdir(), "ledger-"));
after(() => rmSync(folder, { recursive: true }));

function write(path: string, bytes: Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}

test("a log in a folder is read", async () => {
  for (const [path, bytes] of buildLog(someEntries(300))) write(path, bytes);
  const { checkpoint } = await verifyLog(folderReader(folder), exampleVerifier);
  assert.equal(checkpoint.size, 300);
});

test("what is not a file of a log is not there, whatever lies in the folder", async () => {
  write("secret", Buffer.from("x"));
  const reader = folderReader(folder);
  const paths = ["secret", "tile/../secret", "../secret", "tile/0/999", "tile/0/000.p/1", "tile/0/000/1"];
  for (const path of [...paths, "checkpoint/x"]) {
    assert.equal(await reader.read(path), undefined, path);
  }
});

test("a file that is longer than any of its kind is not even read", async () => {
  write("tile/0/x001/000", Buffer.alloc(8193));
  await assert.rejects(folderReader(folder).read("tile/0/x001/000"), { code: "malformed", message: /8192 bytes/ });
});

test("a folder in the place of a file cannot be read, which says nothing about the log", async () => {
  mkdirSync(join(folder, "tile/0/777"));
  await assert.rejects(folderReader(folder).read("tile/0/777"), { code: "log-unreadable", message: /tile\/0\/777/ });
});
