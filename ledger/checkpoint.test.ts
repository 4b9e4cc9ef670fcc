import assert from "node:assert/strict";
import { test } from "node:test";
import { checkpointText, parseCheckpoint } from "./checkpoint.ts";
import { exampleSigner, exampleVerifier } from "./log-scene.ts";
import { emptyRoot, leafHash } from "./merkle.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { createNoteSigner, parseVerifierKey } from "./signed-note.ts";

// Published with the tests of Go's golang.org/x/mod/sumdb/tlog.
const golden = "go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n";
const tree = { origin: "go.sum database tree", size: 123_456_789_012, root: leafHash(Buffer.from("hello world")) };

test("a checkpoint is written and read as the Go checksum database does", () => {
  assert.equal(checkpointText(tree), golden);
  assert.deepEqual(parseCheckpoint(golden), tree);
});

test("lines after the third are passed over, as the specification wants", () => {
  assert.deepEqual(parseCheckpoint(`${golden}more\nand more\n`), tree);
});

test("a checkpoint with anything out of place is refused", () => {
  const withSize = (size: string) => golden.replace("123456789012", size);
  const wrong = [
    ...["", "\n", "a\n1\n", golden.slice(0, -1), `${golden}\n`, `${golden}more`, `${golden}more\n\n`],
    ...["0xabcdef", "0123", "-1", "1.5", "1e3", " 1", "", "9007199254740992"].map(withSize),
    ...[golden.replace("Bb0=", "Bb1="), golden.replace("Bb0=", "Bb0"), golden.replace("Bb0=", "BTOOBIG=")],
    ...[golden.replace("go.sum database tree", "")],
  ];
  for (const text of wrong) {
    assert.throws(() => parseCheckpoint(text), { name: "LogBroken", code: "malformed" }, JSON.stringify(text));
  }
  assert.throws(() => checkpointText({ ...tree, origin: "two\nlines" }), RangeError);
  assert.throws(() => checkpointText({ ...tree, size: -1 }), RangeError);
  assert.throws(() => checkpointText({ ...tree, root: Buffer.alloc(31) }), RangeError);
});

test("a key opens the checkpoints of its own log, not those of another that it signed", () => {
  const own = { origin: exampleSigner.name, size: 0, root: emptyRoot };
  assert.deepEqual(openCheckpoint(exampleSigner.sign(checkpointText(own)), exampleVerifier), own);
  const other = exampleSigner.sign(checkpointText({ ...own, origin: "example.org/other" }));
  assert.throws(() => openCheckpoint(other, exampleVerifier), { name: "LogBroken", code: "other-log" });
  const namesake = createNoteSigner(exampleSigner.name, Buffer.alloc(32, 8));
  const verifier = parseVerifierKey(namesake.verifierKey);
  assert.throws(() => openCheckpoint(exampleSigner.sign(checkpointText(own)), verifier), { code: "not-signed" });
});
