import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { buildLog, checkpointOf, exampleVerifier, flipBit, readerOf, someEntries } from "./log-scene.ts";
import { proveInclusion } from "./proofs.ts";
import { noteOfBytes } from "./signed-note.ts";
import { encodeTlogProof, parseTlogProof, verifyTlogProof } from "./tlog-proof.ts";

const entries = someEntries(300);
const files = buildLog(entries);
const checkpoint = checkpointOf(files);
const entryAt = (index: number) => entries[index] ?? Buffer.alloc(0);

async function proofOf(index: number) {
  return { index, proof: await proveInclusion(readerOf(files), 300, index), checkpoint };
}

test("a proof is checked without the log", async () => {
  const text = encodeTlogProof(await proofOf(123));
  const found = verifyTlogProof(text, entryAt(123), exampleVerifier);
  assert.equal(found.index, 123);
  assert.equal(found.checkpoint.size, 300);
  assert.throws(() => verifyTlogProof(text, entryAt(124), exampleVerifier), { code: "proof-wrong" });
});

test("a proof is written line by line as the specification has it, and read back the same", async () => {
  const written = { ...(await proofOf(299)), extra: Buffer.from("anything") };
  const text = encodeTlogProof(written);
  const lines = text.split("\n");
  assert.deepEqual(lines.slice(0, 3), ["c2sp.org/tlog-proof@v1", "extra YW55dGhpbmc=", "index 299"]);
  assert.ok(text.endsWith(`\n\n${checkpoint}`));
  assert.deepEqual(parseTlogProof(text), written);
});

test("the only entry of a log is proved without a hash", () => {
  const only = buildLog(someEntries(1));
  const text = encodeTlogProof({ index: 0, proof: [], checkpoint: checkpointOf(only) });
  assert.equal(verifyTlogProof(text, entryAt(0), exampleVerifier).index, 0);
});

test("a proof with anything out of place is refused", async () => {
  const text = encodeTlogProof(await proofOf(5));
  const wrong = [
    ...["", "c2sp.org/tlog-proof@v1\n", text.replace("@v1", "@v2"), text.replace("index 5", "index 05")],
    ...[text.replace("index 5\n", ""), text.replace("index 5", "extra ?\nindex 5")],
    ...[text.replace("index 5", "index 5\nAAAA"), text.replace("index 5", "index 5\nextra AAAA")],
    ...[text.replaceAll("\n", "\r\n"), ` ${text}`],
  ];
  for (const proof of wrong) {
    const verify = () => verifyTlogProof(proof, entryAt(5), exampleVerifier);
    assert.throws(verify, { code: "malformed" }, JSON.stringify(proof));
  }
});

test("any flipped bit of a proof or of its entry is found", async () => {
  const text = Buffer.from(encodeTlogProof(await proofOf(200)));
  for (let bit = 0; bit < text.length * 8; bit++) {
    const verify = () => verifyTlogProof(noteOfBytes(flipBit(text, bit)), entryAt(200), exampleVerifier);
    assert.throws(verify, { name: "LogBroken" }, `bit ${bit}`);
  }
  fc.assert(
    fc.property(fc.nat(entryAt(200).length * 8 - 1), (bit) => {
      const verify = () => verifyTlogProof(text.toString(), flipBit(entryAt(200), bit), exampleVerifier);
      assert.throws(verify, { code: "proof-wrong" });
    }),
  );
});
