import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createCosigner } from "./cosignature.ts";
import { buildLog, checkpointOf, exampleSigner, readerOf, someEntries } from "./log-scene.ts";
import { proveInclusion } from "./proofs.ts";
import { encodeTlogProof } from "./tlog-proof.ts";
import { runVerify, verifyUsage } from "./verify-command.ts";

const folder = mkdtempSync(join(tmpdir(), "ledger-"));
after(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | Buffer): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const entries = someEntries(300);
const files = buildLog(entries);
for (const [path, bytes] of files) write(`log/${path}`, bytes);
for (const [path, bytes] of files) write(`broken/${path}`, path === "tile/0/000" ? Buffer.alloc(8192) : bytes);
const log = join(folder, "log");
const key = exampleSigner.verifierKey;
const kept = write("kept", checkpointOf(buildLog(entries.slice(0, 200))));
const proof = await proveInclusion(readerOf(files), 300, 7);
const proofFile = write("7.tlog-proof", encodeTlogProof({ index: 7, proof, checkpoint: checkpointOf(files) }));
const entryFile = write("7.entry", entries[7] ?? "");
const root = checkpointOf(files).split("\n")[2];

const cosigner = createCosigner("witness.example", Buffer.alloc(32, 1));
const absent = createCosigner("absent.example", Buffer.alloc(32, 2));
const sameKeyAsLog = createCosigner("example.org/log", Buffer.alloc(32, 7)).verifierKey;
const seen = Temporal.Instant.from("2026-11-24T12:00:00Z");
const signed = checkpointOf(files);
const cosigned = signed + cosigner.cosign(signed.slice(0, signed.indexOf("\n\n") + 1), seen.epochMilliseconds / 1000);
for (const [path, bytes] of files) write(`cosigned/${path}`, path === "checkpoint" ? cosigned : bytes);
const cosignedProof = write("7-cosigned.tlog-proof", encodeTlogProof({ index: 7, proof, checkpoint: cosigned }));

async function verify(...args: readonly string[]) {
  const lines: string[] = [];
  const code = await runVerify(args, { out: (line) => lines.push(line) });
  return { code, text: lines.join("\n") };
}

test("a log in order is said to be, in a sentence and in JSON", async () => {
  const said = await verify(log, "--key", key, "--previous", kept);
  assert.equal(said.code, 0);
  assert.match(said.text, /^In order: «example\.org\/log» holds 300 entries.* goes on from the checkpoint /);
  const { code, text } = await verify(log, "--key", key, "--json");
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(text), { ok: true, origin: "example.org/log", size: 300, root });
});

test("a broken log is named with its flaw and ends with 1", async () => {
  const said = await verify(join(folder, "broken"), "--key", key);
  assert.equal(said.code, 1);
  assert.match(said.text, /^Broken \(entry-wrong\)\. Entry 0 .*tile\/0\/000/);
  const { code, text } = await verify(join(folder, "broken"), "--key", key, "--json");
  const { ok, code: flaw } = JSON.parse(text) as { ok: boolean; code: string };
  assert.deepEqual([code, ok, flaw], [1, false, "entry-wrong"]);
});

test("one entry is checked with its proof alone", async () => {
  const said = await verify("proof", proofFile, "--entry", entryFile, "--key", key);
  assert.equal(said.code, 0);
  assert.match(said.text, /^In order: this is entry 7, counted from 0, of the 300 /);
  const { text } = await verify("proof", proofFile, "--entry", entryFile, "--key", key, "--json");
  assert.deepEqual(JSON.parse(text), { ok: true, origin: "example.org/log", size: 300, root, index: 7 });
  const other = await verify("proof", proofFile, "--entry", kept, "--key", key);
  assert.equal(other.code, 1);
  assert.match(other.text, /^Broken \(proof-wrong\)/);
});

test("a witness that is named must have cosigned, and is quoted with the time, for a log and for one entry", async () => {
  const witness = ["--witness", cosigner.verifierKey];
  const calls = [
    [join(folder, "cosigned"), "--key", key],
    ["proof", cosignedProof, "--entry", entryFile, "--key", key],
  ];
  for (const call of calls) {
    const said = await verify(...call, ...witness);
    assert.equal(said.code, 0, said.text);
    assert.match(said.text, / The witness «witness\.example» saw this checkpoint at 2026-11-24T12:00:00Z\.$/);
    const { witnesses } = JSON.parse((await verify(...call, ...witness, "--json")).text);
    assert.deepEqual(witnesses, [{ name: "witness.example", time: "2026-11-24T12:00:00Z" }]);
    const both = [...witness, "--witness", absent.verifierKey];
    const refused = await verify(...call, ...both);
    assert.equal(refused.code, 1);
    assert.match(refused.text, /^Broken \(not-witnessed\)\. .*«absent\.example»/);
    assert.equal((await verify(...call, ...both, "--quorum", "1")).code, 0);
  }
  assert.equal((await verify(log, "--key", key, ...witness)).code, 1);
  assert.equal((await verify("proof", proofFile, "--entry", entryFile, "--key", key, ...witness)).code, 1);
});

test("called the wrong way it says what to do and ends with 2", async () => {
  const calls: readonly (readonly [readonly string[], RegExp])[] = [
    [["--key", key], /Give the folder/],
    [[log], /Give --key/],
    [[log, "--key", key.slice(1)], /verifier key/],
    [[join(folder, "nowhere"), "--key", key], /There is no folder/],
    [["https://", "--key", key], /address/],
    [[log, log, "--key", key], /too many/],
    [[log, "--key", key, "--previous", join(folder, "nowhere")], /cannot be read/],
    [[log, "--nonsense"], /--nonsense/],
    [[log, "--key", key, "--witness", key], /that of a log/],
    [[log, "--key", cosigner.verifierKey], /that of a witness/],
    [[log, "--key", key, "--witness", cosigner.verifierKey, "--witness", cosigner.verifierKey], /are the same/],
    [[log, "--key", key, "--witness", sameKeyAsLog, "--quorum", "1"], /are the same/],
    [[log, "--key", key, "--witness", cosigner.verifierKey, "--quorum", "2"], /--quorum/],
    [[log, "--key", key, "--witness", cosigner.verifierKey, "--quorum", "0"], /--quorum/],
    [[log, "--key", key, "--quorum", "1"], /--quorum/],
    [["proof"], /Give the file of the proof/],
    [["proof", proofFile, "--key", key], /Give --entry/],
    [["http://127.0.0.1:1/", "--key", key], /could not be fetched/],
  ];
  for (const [args, sentence] of calls) {
    const { code, text } = await verify(...args);
    assert.equal(code, 2, args.join(" "));
    assert.match(text, sentence);
  }
});

test("help is given", async () => {
  assert.deepEqual(await verify("--help"), { code: 0, text: verifyUsage });
});

test("the program itself ends with the code and writes the sentence", () => {
  const program = fileURLToPath(new URL("verify.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, log, "--key", key], { encoding: "utf8" });
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^In order: .*\n$/);
  assert.equal(spawnSync(process.execPath, [program, join(folder, "broken"), "--key", key]).status, 1);
  assert.equal(spawnSync(process.execPath, [program]).status, 2);
});
