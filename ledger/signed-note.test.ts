import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleSigner, exampleVerifier, flipBit } from "./log-scene.ts";
import { createNoteSigner, noteOfBytes, openNote, parseVerifierKey } from "./signed-note.ts";

// Published with the tests of Go's golang.org/x/mod/sumdb/note.
const peter = parseVerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
const enoch = parseVerifierKey("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");
const peterSeed = Buffer.from("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "base64").subarray(1);
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const byPeter =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const byEnoch =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

const broken = (code: string) => ({ name: "LogBroken", code });

test("a note is signed byte by byte as Go signs it", () => {
  const signer = createNoteSigner("PeterNeumann", peterSeed);
  assert.equal(signer.verifierKey, "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  assert.equal(signer.sign(text), `${text}\n${byPeter}`);
});

test("a note is opened by each key that signed it, and by no other", () => {
  const note = `${text}\n${byPeter}${byEnoch}`;
  assert.equal(openNote(note, peter), text);
  assert.equal(openNote(note, enoch), text);
  assert.throws(() => openNote(note, exampleVerifier), broken("not-signed"));
  assert.throws(() => openNote(`${text}\n${byPeter}`, enoch), broken("not-signed"));
});

test("a tree that sum.golang.org signed is opened by its published key", () => {
  const key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
  const tree = "go.sum database tree\n6476701\nmb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=\n";
  const signature =
    "— sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=\n";
  assert.equal(openNote(`${tree}\n${signature}`, parseVerifierKey(key)), tree);
  assert.throws(() => openNote(`${tree.replace("1", "2")}\n${signature}`, parseVerifierKey(key)), broken("not-signed"));
});

test("a text with empty lines is taken up to the last of them", () => {
  const note = exampleSigner.sign("one\n\ntwo\n");
  assert.equal(openNote(note, exampleVerifier), "one\n\ntwo\n");
});

test("what Go refuses as malformed is refused", () => {
  const wrong = [
    ...["", text, `${text}\n`, `${text}\n${byPeter.slice(0, -1)}`, `\u0001${text}\n${byPeter}`],
    ...[`\ud800${text}\n${byPeter}`, `${text}\n${byPeter}Unexpected line.\n`, `${text}\n${byPeter.repeat(101)}`],
    ...[`${text}\n${byPeter.replace("PeterNeumann", "Bad Name")}`, `${text}\n${byPeter.replace("=\n", "\n")}`],
    ...[`${text}\r\n${byPeter}`, `${text}\n${byPeter.replace("PeterNeumann", "a+b")}`, `${text}\n— x AAAA\n${byPeter}`],
  ];
  for (const note of wrong) assert.throws(() => openNote(note, peter), broken("malformed"), JSON.stringify(note));
  const notUtf8 = Buffer.concat([Buffer.of(0xff), Buffer.from(`${text}\n${byPeter}`)]);
  assert.throws(() => noteOfBytes(notUtf8), broken("malformed"));
});

test("a note with a true and a false signature by the same key is refused", () => {
  const wrong = byPeter.slice(0, 60) + "ABCD" + byPeter.slice(60);
  assert.throws(() => openNote(`${text}\n${byPeter}${wrong}`, peter), broken("not-signed"));
});

test("any flipped bit of a note is found", () => {
  const note = Buffer.from(`${text}\n${byPeter}`);
  for (let bit = 0; bit < note.length * 8; bit++) {
    const open = () => openNote(noteOfBytes(flipBit(note, bit)), peter);
    assert.throws(open, { name: "LogBroken", code: /^(malformed|not-signed)$/ }, `bit ${bit}`);
  }
});

test("a verifier key is refused when any part of it is missing or changed", () => {
  const key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const refuse = (vkey: string) => assert.throws(() => parseVerifierKey(vkey), { code: "bad-verifier-key" }, vkey);
  for (let from = 0; from <= key.length; from++) {
    for (let to = from; to <= key.length; to++) if (to - from < key.length) refuse(key.slice(from, to));
  }
  for (let at = 0; at < key.length; at++) {
    refuse(key.slice(0, at) + String.fromCharCode(key.charCodeAt(at) + 1) + key.slice(at + 1));
  }
  refuse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==");
  refuse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
});

test("a signer refuses names and texts that no note can hold", () => {
  for (const name of ["", "a b", "a+b", "a\u0085b", "a\nb"]) {
    assert.throws(() => createNoteSigner(name, peterSeed), RangeError, JSON.stringify(name));
  }
  assert.throws(() => createNoteSigner("a", Buffer.alloc(31)), RangeError);
  for (const wrong of ["", "no newline", "tab\t\n"]) assert.throws(() => exampleSigner.sign(wrong), RangeError);
});
