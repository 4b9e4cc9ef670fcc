import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commitToDetail, type EntryDetail, encodeDetail } from "./entry-detail.ts";
import { commitTo, encodeLeaf } from "./journal-leaf.ts";
import { buildLog, checkpointOf, exampleSigner, exampleVerifier, flipBit, readerOf, someEntries } from "./log-scene.ts";
import { proveInclusion } from "./proofs.ts";
import { evidenceStart, type ReceiptEvidence, signReceipt, verifyReceipt } from "./receipt.ts";
import { createNoteSigner } from "./signed-note.ts";
import { encodeTlogProof } from "./tlog-proof.ts";

const key = Buffer.alloc(32, 5);
const given: EntryDetail = { kind: "consent", at: "2026-11-24T17:03:12.5Z", given: ["8.2", "8.4"], button: "Запросить" };

const opened = { at: "2026-11-24T17:03:12.5Z", entry: "0193a1b2-0000-7000-8000-000000000001", staff: null };

/** A log whose entry 3 commits to this detail, and what proves it. */
async function evidenceOf(detail: EntryDetail): Promise<ReceiptEvidence> {
  const shared = { actor: "subject", basis: "consent", categories: ["phone"], clause: "8.2", commitment: commitTo(Buffer.alloc(32, 4), opened) };
  const what = { hour: "2026-11-24T17Z", operation: "collection", outcome: "done", policy: "1", purpose: "8.2", reason: null };
  const leaf = encodeLeaf({ ...shared, ...what, detail: commitToDetail(key, detail) });
  const files = buildLog([...someEntries(3), leaf, ...someEntries(2)]);
  const proof = encodeTlogProof({ index: 3, proof: await proveInclusion(readerOf(files), 6, 3), checkpoint: checkpointOf(files) });
  const opening = { ...opened, opening: Buffer.alloc(32, 4).toString("base64url") };
  return { detail, key: key.toString("base64url"), leaf: leaf.toString(), proof, opening };
}

const evidence = await evidenceOf(given);
const documentWith = (...blocks: readonly object[]) =>
  `<!doctype html>\n<html><body><h1>Квитанция</h1>${blocks.map((block) => `${evidenceStart}${JSON.stringify(block)}</script>`).join("")}`;
const file = Buffer.from(signReceipt(documentWith(evidence), exampleSigner));
const check = (bytes: Buffer | string) => verifyReceipt(Buffer.from(bytes), exampleVerifier);

test("a receipt is checked with nothing but the key: what was done, in which hour, at which place of the log", () => {
  const { detail, number, index, hour, checkpoint } = check(file);
  assert.deepEqual([detail, number, index, hour, checkpoint.size], [given, opened.entry, 3, "2026-11-24T17Z", 6]);
});

test("any flipped bit of a receipt is found", () => {
  for (let bit = 0; bit < 8 * file.length; bit++) assert.throws(() => check(flipBit(file, bit)), { name: "LogBroken" }, `${bit}`);
});

test("lines that a program has ended in its own way, and a file that was cut short, are told", () => {
  assert.throws(() => check(file.toString().replaceAll("\n", "\r\n")), { code: "malformed" });
  assert.throws(() => check(`${file.toString()}\n`), { code: "malformed" });
  assert.throws(() => check(file.subarray(0, -1)), { code: "malformed", message: /follows its signature/ });
  assert.throws(() => check(file.subarray(0, 100)), { code: "malformed", message: /the signature, is missing/ });
  assert.throws(() => check(Buffer.from("%PDF-1.7\n\xe2\xe3", "latin1")), { code: "malformed", message: /is not a receipt/ });
  assert.throws(() => check(file.toString().replace("Квитанция", "Квитанцiя")), { code: "receipt-altered" });
});

test("a receipt of another log is refused, whether its key has the same name or not", () => {
  for (const name of ["example.org/log", "example.kg/log"]) {
    const stranger = createNoteSigner(name, Buffer.alloc(32, 8));
    assert.throws(() => verifyReceipt(file, stranger.verifier), { code: "not-signed" });
  }
});

test("even the log itself cannot sign a receipt of what no entry commits to", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.oneof(fc.string(), fc.array(fc.string()))), (other) => {
      fc.pre(encodeDetail(other) !== encodeDetail(given));
      const forged = signReceipt(documentWith({ ...evidence, detail: other }), exampleSigner);
      assert.throws(() => check(forged), { code: "receipt-wrong" });
    }),
  );
  const another = signReceipt(documentWith({ ...evidence, key: Buffer.alloc(32, 6).toString("base64url") }), exampleSigner);
  assert.throws(() => check(another), { code: "receipt-wrong" });
  const renumbered = { ...evidence, opening: { ...evidence.opening, entry: "0193a1b2-0000-7000-8000-000000000002" } };
  assert.throws(() => check(signReceipt(documentWith(renumbered), exampleSigner)), { code: "receipt-wrong" });
  const leaf = evidence.leaf.replace('"8.2"', '"8.3"');
  assert.throws(() => check(signReceipt(documentWith({ ...evidence, leaf }), exampleSigner)), { code: "proof-wrong" });
});

test("a document without evidence, with two, or with something else in its place proves nothing", () => {
  for (const blocks of [[], [evidence, evidence], [{}], [{ ...evidence, proof: 1 }], [{ ...evidence, detail: { at: null } }], [{ ...evidence, opening: {} }]]) {
    assert.throws(() => check(signReceipt(documentWith(...blocks), exampleSigner)), { code: "malformed" });
  }
});

test("a detail has one spelling, in whatever order its names were written", () => {
  assert.equal(encodeDetail({ kind: "request", at: "2026-11-24T17:03:12Z" }), '{"at":"2026-11-24T17:03:12Z","kind":"request"}');
  assert.deepEqual(commitToDetail(key, { b: "1", a: ["2"] }), commitToDetail(key, { a: ["2"], b: "1" }));
});
