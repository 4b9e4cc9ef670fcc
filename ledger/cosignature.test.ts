import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createCosigner, findCosignature, parseWitnessKey } from "./cosignature.ts";
import { buildLog, checkpointOf, exampleSigner, exampleVerifier, flipBit, someEntries } from "./log-scene.ts";
import { requireWitnesses } from "./require-witnesses.ts";
import { noteOfBytes, openNote, parseVerifierKey } from "./signed-note.ts";

// What a public log published on 23 May 2026, with the cosignatures of four public witnesses.
const published = `arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
`;
const publicLog = parseVerifierKey(
  "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f",
);
const publicWitnesses = [
  "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
  "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
  "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
  "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
].map(parseWitnessKey);

const checkpoint = checkpointOf(buildLog(someEntries(300)));
const text = openNote(checkpoint, exampleVerifier);
const one = createCosigner("witness.example/one", Buffer.alloc(32, 1));
const other = createCosigner("witness.example/other", Buffer.alloc(32, 2));
const noon = Temporal.Instant.from("2026-11-24T12:00:00Z");
const seconds = noon.epochMilliseconds / 1000;

const broken = (code: string) => ({ name: "LogBroken", code });

test("what a public log published is opened by its key and by those of its witnesses, who say when they saw it", () => {
  assert.match(openNote(published, publicLog), /^arche2025h1\.staging\.ct\.transparency\.dev\n1432088532\n/);
  const time = Temporal.Instant.from("2026-05-23T21:49:20Z");
  for (const witness of publicWitnesses) {
    assert.deepEqual(findCosignature(published, witness), { witness: witness.name, time });
    const changed = published.replace("1432088532", "1432088533");
    assert.throws(() => findCosignature(changed, witness), broken("not-signed"));
  }
  assert.equal(findCosignature(published, one.verifier), undefined);
});

test("whatever is cosigned, by any key at any time, is found again with its time", () => {
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(seed, fc.nat(8_640_000_000_000), (bytes, time) => {
      const witness = createCosigner("witness.example", Buffer.from(bytes));
      const found = findCosignature(checkpoint + witness.cosign(text, time), parseWitnessKey(witness.verifierKey));
      assert.equal(found?.time.epochMilliseconds, time * 1000);
    }),
    { numRuns: 50 },
  );
});

test("of two cosignatures by one witness the later counts, and the log's own signature stays what it was", () => {
  const note = checkpoint + one.cosign(text, seconds) + other.cosign(text, seconds) + one.cosign(text, seconds - 60);
  assert.deepEqual(findCosignature(note, one.verifier), { witness: one.name, time: noon });
  assert.equal(openNote(note, exampleVerifier), text);
});

test("any flipped bit of a cosigned checkpoint is found", () => {
  const note = Buffer.from(checkpoint + one.cosign(text, seconds));
  const rule = { witnesses: [one.verifier], quorum: 1 };
  for (let bit = 0; bit < note.length * 8; bit++) {
    const open = () => {
      const flipped = noteOfBytes(flipBit(note, bit));
      openNote(flipped, exampleVerifier);
      return requireWitnesses(flipped, rule);
    };
    assert.throws(open, { name: "LogBroken", code: /^(malformed|not-signed|not-witnessed)$/ }, `bit ${bit}`);
  }
});

test("a cosignature by the same key under another name, or with another time, is none", () => {
  const line = one.cosign(text, seconds);
  assert.equal(findCosignature(checkpoint + line.replace("/one", "/two"), one.verifier), undefined);
  const bytes = Buffer.from(line.trimEnd().split(" ")[2] ?? "", "base64");
  bytes.writeBigUInt64BE(BigInt(seconds + 1), 4);
  const later = `— ${one.name} ${bytes.toString("base64")}\n`;
  assert.throws(() => findCosignature(checkpoint + later, one.verifier), broken("not-signed"));
  bytes.writeBigUInt64BE(2n ** 63n - 1n, 4);
  const beyond = `— ${one.name} ${bytes.toString("base64")}\n`;
  assert.throws(() => findCosignature(checkpoint + beyond, one.verifier), broken("not-signed"));
  const short = `— ${one.name} ${bytes.subarray(0, 9).toString("base64")}\n`;
  assert.throws(() => findCosignature(checkpoint + short, one.verifier), broken("not-signed"));
  assert.throws(() => one.cosign(text, -1), RangeError);
});

test("the key of a log is not taken for that of a witness, nor the other way round", () => {
  assert.throws(() => parseWitnessKey(exampleSigner.verifierKey), { code: "bad-verifier-key", message: /is that of a log/ });
  assert.throws(() => parseVerifierKey(one.verifierKey), { code: "bad-verifier-key", message: /is that of a witness/ });
  assert.throws(() => parseWitnessKey(one.verifierKey.slice(1)), { code: "bad-verifier-key" });
  assert.throws(() => findCosignature(checkpoint.slice(0, -1), one.verifier), broken("malformed"));
});

test("as many witnesses as are wanted have to have cosigned, and those who have not are named", () => {
  const note = checkpoint + one.cosign(text, seconds);
  const witnesses = [one.verifier, other.verifier];
  assert.deepEqual(requireWitnesses(note, { witnesses, quorum: 1 }), [{ witness: one.name, time: noon }]);
  const missing = { ...broken("not-witnessed"), message: / 2 should .* 1 have; not «witness\.example\/other»\.$/ };
  assert.throws(() => requireWitnesses(note, { witnesses, quorum: 2 }), missing);
  assert.equal(requireWitnesses(note + other.cosign(text, seconds), { witnesses, quorum: 2 }).length, 2);
});
