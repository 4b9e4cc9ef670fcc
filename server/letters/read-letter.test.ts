import assert from "node:assert/strict";
import { test } from "node:test";
import { readLetter } from "./read-letter.ts";

const stop = "Прекратить обработку персональных данных";
const body = "Прошу прекратить. Мой адрес: aibek.testov@example.kg";

/** Cyrillic letters in an 8-bit charset; the rest is ASCII. */
function encode(text: string, charset: "windows-1251" | "koi8-r"): Buffer {
  const bytes = new Map<string, number>();
  const decoder = new TextDecoder(charset);
  for (let byte = 0; byte < 256; byte++) bytes.set(decoder.decode(Uint8Array.of(byte)), byte);
  return Buffer.from([...text].map((letter) => bytes.get(letter) ?? assert.fail(letter)));
}

function joined(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

const from = "From: =?utf-8?B?0JDQudCx0LXQug==?= <Aibek.Testov@example.kg>\r\n";

for (const charset of ["windows-1251", "koi8-r"] as const) {
  test(`a letter in ${charset}, as its headers say, reads as it was written`, async () => {
    const word = `=?${charset}?B?${encode(stop, charset).toString("base64")}?=`;
    const headers = `${from}Subject: ${word}\r\nContent-Type: text/plain; charset=${charset}\r\n`;
    const letter = await readLetter(joined(headers, "Content-Transfer-Encoding: 8bit\r\n\r\n", encode(body, charset)));
    assert.deepEqual([letter.from, letter.line, letter.text.trim()], ["Aibek.Testov@example.kg", stop, body]);
    assert.equal(letter.read, "whole");
  });

  test(`a letter in ${charset} that does not say so reads as it was written`, async () => {
    const raw = joined(from, "Subject: ", encode(stop, charset), "\r\n\r\n", encode(body, charset));
    const letter = await readLetter(raw);
    assert.deepEqual([letter.line, letter.text.trim()], [stop, body]);
  });
}

test("a subject line cut into encoded words within a letter is put together again", async () => {
  const bytes = Buffer.from(stop);
  const word = (part: Buffer) => `=?UTF-8?B?${part.toString("base64")}?=`;
  const raw = `${from}Subject: ${word(bytes.subarray(0, 15))}\r\n ${word(bytes.subarray(15))}\r\n\r\n${body}`;
  assert.equal((await readLetter(Buffer.from(raw))).line, stop);
});

test("the words of a letter that came as HTML only are read", async () => {
  const html =
    "<html><head><style>p { color: red }</style><title>x</title></head><body><p>Прошу&nbsp;прекратить.</p>" +
    '<p>Мой адрес: <a href="mailto:aibek.testov@example.kg">aibek.testov@example.kg</a> &lt;&#1103;&gt;<br/>Айбек</p>';
  const raw = `${from}Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`;
  const { text } = await readLetter(Buffer.from(raw));
  assert.equal(text, "Прошу прекратить.\n\nМой адрес: aibek.testov@example.kg <я>\nАйбек");
});

test("the headers by which a robot gives itself away are seen", async () => {
  const letter = await readLetter(Buffer.from(`${from}AUTO-SUBMITTED: Auto-Replied\r\nPrecedence: Bulk\r\n\r\nx`));
  assert.deepEqual([letter.autoSubmitted, letter.precedence], ["auto-replied", "bulk"]);
});

test("an attachment is named, and the letter's own words stay whole", async () => {
  const raw = [
    `${from}Subject: x`,
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nСлова",
    "--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
    "--b--",
  ].join("\r\n");
  const { text, attachments } = await readLetter(Buffer.from(raw));
  assert.deepEqual([text.trim(), attachments], ["Слова", [{ name: "a.pdf", type: "application/pdf" }]]);
});

test("a letter without a single header is still a letter", async () => {
  for (const raw of ["", "\r\n", "no headers at all", "\0\0\0", "From: \r\nSubject:\r\n\r\n"]) {
    const letter = await readLetter(Buffer.from(raw));
    assert.equal(letter.from, undefined, JSON.stringify(raw));
    assert.equal(letter.line, "");
  }
});

test("a letter that the parser refuses is handed on unread instead of lost", async () => {
  const parts = Array.from({ length: 60 }, (_, depth) => `b${depth}`);
  const nested = parts.map((name) => `Content-Type: multipart/mixed; boundary=${name}\r\n\r\n--${name}\r\n`).join("");
  assert.equal((await readLetter(Buffer.from(`${from}${nested}`))).read, "none");
  assert.equal((await readLetter(Buffer.from(`${from}X: ${"y".repeat(300_000)}\r\n\r\n`))).read, "none");
});

test("only the beginning of an endless letter is read, and quickly, whatever it is made of", async () => {
  const units = ["\n", "a\n", "a:b\n", "<", "<style>", "&#1;", "--b\n\n\n", "\xff", "a@b"];
  for (const unit of units) {
    for (const type of ["text/html", "text/plain; format=flowed", "multipart/mixed; boundary=b"]) {
      const endless = unit.repeat(4_000_000 / unit.length);
      const raw = Buffer.from(`${from}Subject: x\nContent-Type: ${type}\n\n${endless}`, "latin1");
      const started = performance.now();
      const letter = await readLetter(raw);
      assert.notEqual(letter.read, "whole");
      assert.ok(performance.now() - started < 2000, `${JSON.stringify(unit)} in ${type}`);
    }
  }
});
