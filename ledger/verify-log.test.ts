import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { buildLog, checkpointOf, exampleSigner, exampleVerifier, flipBit, readerOf, someEntries } from "./log-scene.ts";
import { checkpointText, parseCheckpoint } from "./checkpoint.ts";
import { encodeBundle } from "./entry-bundle.ts";
import { LogUnreadable } from "./log-reader.ts";
import { openNote } from "./signed-note.ts";
import { verifyLog } from "./verify-log.ts";

const entries = someEntries(66_000);
const verify = (files: ReadonlyMap<string, Buffer>, previous?: string) =>
  verifyLog(readerOf(files), exampleVerifier, { previous });
const logOf = (size: number) => buildLog(entries.slice(0, size));

test("a whole log of any size is in order, and goes on from each earlier checkpoint", async () => {
  const sizes = [0, 1, 2, 255, 256, 257, 511, 512, 513, 1000];
  for (const size of sizes) {
    for (const earlier of sizes.filter((one) => one <= size)) {
      const { checkpoint } = await verify(logOf(size), checkpointOf(logOf(earlier)));
      assert.equal(checkpoint.size, size);
    }
  }
});

test("how far it has come is told after each bundle", async () => {
  const told: [number, number][] = [];
  const onProgress = (checked: number, total: number) => told.push([checked, total]);
  await verifyLog(readerOf(logOf(600)), exampleVerifier, { onProgress });
  assert.deepEqual(told, [[256, 600], [512, 600], [600, 600]]);
});

test("any flipped bit of any file is found", async () => {
  const small = logOf(600);
  const large = logOf(66_000);
  const anywhere = fc.constantFrom(small, small, small, small, large).chain((files) =>
    fc.constantFrom(...files.keys()).chain((path) => {
      const bytes = files.get(path) ?? Buffer.alloc(0);
      return fc.record({ files: fc.constant(files), path: fc.constant(path), bit: fc.nat(bytes.length * 8 - 1) });
    }),
  );
  await fc.assert(
    fc.asyncProperty(anywhere, async ({ files, path, bit }) => {
      const altered = new Map(files).set(path, flipBit(files.get(path) ?? Buffer.alloc(0), bit));
      await assert.rejects(verify(altered), { name: "LogBroken" });
    }),
    { numRuns: 100 },
  );
});

test("every single bit of a small log is watched over", async () => {
  const files = logOf(3);
  for (const [path, bytes] of files) {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = new Map(files).set(path, flipBit(bytes, bit));
      await assert.rejects(verify(altered), { name: "LogBroken" }, `${path} ${bit}`);
    }
  }
});

test("a flaw is named with its file", async () => {
  const first = encodeBundle(entries.slice(0, 256));
  const flaws: readonly (readonly [string, Buffer | undefined, string, RegExp])[] = [
    ["checkpoint", undefined, "checkpoint-missing", /checkpoint/],
    ["checkpoint", Buffer.of(0xff), "malformed", /UTF-8/],
    ["tile/0/001", undefined, "tile-missing", /^tile\/0\/001 is missing/],
    ["tile/1/000.p/2", undefined, "tile-missing", /^tile\/1\/000\.p\/2 is missing/],
    ["tile/entries/002.p/88", undefined, "tile-missing", /^tile\/entries\/002\.p\/88 is missing/],
    ["tile/0/001", Buffer.alloc(8191), "tile-truncated", /^tile\/0\/001 has /],
    ["tile/0/001", Buffer.alloc(8193), "malformed", /^tile\/0\/001 has /],
    ["tile/0/001", Buffer.alloc(8192), "entry-wrong", /^Entry 256 .*tile\/entries\/001.* tile\/0\/001 /],
    ["tile/1/000.p/2", Buffer.alloc(64), "tile-wrong", /^tile\/1\/000\.p\/2 /],
    ["tile/entries/000", encodeBundle(entries.slice(0, 255)), "tile-truncated", /^tile\/entries\/000 has 255 entries/],
    ["tile/entries/000", encodeBundle(entries.slice(0, 257)), "malformed", /^tile\/entries\/000 has 257 entries/],
    ["tile/entries/000", first.subarray(0, -1), "tile-truncated", /^tile\/entries\/000 is/],
    ["tile/entries/001", first, "entry-wrong", /^Entry 256 /],
  ];
  for (const [path, bytes, code, message] of flaws) {
    const files = logOf(600);
    if (bytes === undefined) files.delete(path);
    else files.set(path, bytes);
    await assert.rejects(verify(files), { name: "LogBroken", code, message });
  }
});

test("an entry that was changed together with all tiles above it is found by the signed root", async () => {
  const files = buildLog(entries.slice(0, 600).with(17, Buffer.from("another")));
  files.set("checkpoint", Buffer.from(checkpointOf(logOf(600))));
  await assert.rejects(verify(files), { code: "root-wrong" });
});

test("a log that was written anew and signed anew is found by whoever kept a checkpoint", async () => {
  const anew = buildLog(entries.slice(0, 600).with(17, Buffer.from("another")));
  await verify(anew);
  for (const size of [18, 256, 300, 600]) {
    const forked = { code: "forked", message: new RegExp(`${size} entries`) };
    await assert.rejects(verify(anew, checkpointOf(logOf(size))), forked);
  }
  await verify(anew, checkpointOf(logOf(17)));
});

test("a log that lost its end is found by whoever kept a checkpoint", async () => {
  await assert.rejects(verify(logOf(599), checkpointOf(logOf(600))), { code: "shrunk" });
});

test("an earlier checkpoint by another key, or of another log, is refused", async () => {
  const { size, root } = parseCheckpoint(openNote(checkpointOf(logOf(5)), exampleVerifier));
  const other = exampleSigner.sign(checkpointText({ origin: "example.org/other", size, root }));
  await assert.rejects(verify(logOf(600), other), { code: "other-log", message: /^The earlier checkpoint / });
  await assert.rejects(verify(logOf(600), "nonsense"), { code: "malformed", message: /^The earlier checkpoint / });
  await assert.rejects(verify(logOf(600).set("checkpoint", Buffer.from(other))), { code: "other-log" });
});

test("a file that cannot be read is not a flaw of the log", async () => {
  const files = logOf(600);
  const read = async (path: string) => {
    if (path === "tile/0/001") throw new LogUnreadable("No answer.");
    return files.get(path);
  };
  await assert.rejects(verifyLog({ read }, exampleVerifier), { code: "log-unreadable" });
});

test("full tiles and bundles serve where the partial ones were dropped", async () => {
  const files = logOf(512);
  files.set("checkpoint", Buffer.from(checkpointOf(logOf(300))));
  files.set("tile/1/000.p/1", files.get("tile/1/000.p/2")?.subarray(0, 32) ?? Buffer.of());
  const { checkpoint } = await verify(files);
  assert.equal(checkpoint.size, 300);
});
