import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { killedAtTheEnd } from "./embedded-postgres-scene.ts";
import { DataLocked, lockData } from "./data-lock.ts";

async function makeFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), "ubada-lock-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Another process that takes the lock and keeps it; `stderr` is all that Node itself prints. */
async function holdElsewhere(folder: string) {
  const code = `
    const { lockData } = await import(${JSON.stringify(import.meta.resolve("./data-lock.ts"))});
    globalThis.kept = lockData(${JSON.stringify(folder)});
    console.log("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code]);
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += String(text)));
  await once(child.stdout, "data");
  return { child, stderr: () => stderr };
}

test("data in use by another process is refused, naming the folder and the process", async () => {
  await using folder = await makeFolder();
  const { child, stderr } = await holdElsewhere(folder.path);
  using _ended = killedAtTheEnd(child);
  assert.throws(() => lockData(folder.path), (error) => {
    assert.ok(error instanceof DataLocked);
    assert.equal(error.code, "data-in-use");
    assert.equal(error.pid, child.pid);
    assert.match(error.message, new RegExp(`${folder.path}.*process ${child.pid}`));
    return true;
  });
  assert.equal(stderr(), "", "taking the lock prints no warning");
});

test("the lock goes with the process that is killed, and the pid left behind deceives nobody", async () => {
  await using folder = await makeFolder();
  const { child } = await holdElsewhere(folder.path);
  child.kill("SIGKILL");
  await once(child, "exit");
  using lock = lockData(folder.path);
  assert.equal(lock.directory, folder.path);
  assert.deepEqual((await readdir(folder.path)).toSorted(), ["lock", "lock-holder"]);
});

test("the same process cannot take the same data twice, and can again after letting go", async () => {
  await using folder = await makeFolder();
  {
    using _first = lockData(folder.path);
    const message = new RegExp(`process ${process.pid}`);
    assert.throws(() => lockData(folder.path), { code: "data-in-use", message });
  }
  using _second = lockData(folder.path);
});

test("a folder that is missing or may not be written to is explained", async () => {
  await using folder = await makeFolder();
  assert.throws(() => lockData(join(folder.path, "missing")), { code: "folder-unwritable" });
  if (process.getuid?.() === 0) return; // Root may write anywhere.
  await chmod(folder.path, 0o500);
  assert.throws(() => lockData(folder.path), { code: "folder-unwritable" });
});
