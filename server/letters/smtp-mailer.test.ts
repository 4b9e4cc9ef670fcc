import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { type MailServer, startMailServer } from "../../test-kit/mail-server.ts";
import { createSmtpMailer } from "./smtp-mailer.ts";

let server: MailServer;
before(async () => {
  server = await startMailServer();
});
after(() => server[Symbol.asyncDispose]());

const letter = { to: "aibek.testov@example.kg", line: "Ваша заявка № 7", text: "Саламатсызбы!\n\nЖеке маалыматтар\n" };
const mailer = (url = server.url) =>
  createSmtpMailer({ url, from: "softskills@example.org", fromName: "ОсОО «Школа»" });

test("a letter arrives as plain text in UTF-8, marked as sent by a machine, with an id of its own", async () => {
  assert.deepEqual(await mailer().send(letter, "id-1"), { kind: "sent" });
  const [arrived] = server.letters;
  assert.ok(arrived);
  assert.deepEqual(
    [arrived.to, arrived.from, arrived.line, arrived.text.trim(), arrived.messageId],
    [letter.to, "softskills@example.org", letter.line, letter.text.trim(), "<id-1@example.org>"],
  );
  assert.equal(arrived.headers["auto-submitted"], "auto-generated");
  assert.match(arrived.headers["content-type"] ?? "", /^text\/plain; charset=utf-8/);
});

const refusals = [
  ["refuses this address for good", { code: 550, at: "recipient" }, "refused"],
  ["refuses this text for good", { code: 554, at: "data" }, "refused"],
  ["cannot take it now", { code: 451, at: "recipient" }, "unreachable"],
  ["cannot store it now", { code: 452, at: "data" }, "unreachable"],
  ["does not want us as sender, which is ours to mend", { code: 550, at: "sender" }, "unreachable"],
] as const;

for (const [what, refusal, kind] of refusals) {
  test(`a server that ${what} makes the letter ${kind}`, async () => {
    server.refuse(refusal);
    assert.deepEqual(await mailer().send(letter, "id-2"), { kind });
    server.accept();
  });
}

test("a server that is not there makes the letter unreachable", async () => {
  const gone = await startMailServer();
  await gone[Symbol.asyncDispose]();
  assert.deepEqual(await mailer(gone.url).send(letter, "id-3"), { kind: "unreachable" });
});

test("a server that hangs up in the middle makes the letter unreachable", async () => {
  const rude = createServer((socket) => socket.end("220 hello\r\n")).listen(0, "127.0.0.1");
  await new Promise((resolve) => rude.once("listening", resolve));
  const address = rude.address();
  assert.ok(address !== null && typeof address === "object");
  assert.deepEqual(await mailer(`smtp://127.0.0.1:${address.port}`).send(letter, "id-4"), { kind: "unreachable" });
  rude.close();
});

test("a subject line or an address with a line break in it adds no header", async () => {
  const before = server.letters.length;
  await mailer().send({ ...letter, line: "Тема\r\nBcc: other@example.org" }, "id-5");
  await mailer().send({ ...letter, to: "a@example.kg\r\nBcc: other@example.org" }, "id-6");
  for (const arrived of server.letters.slice(before)) {
    assert.equal(arrived.headers["bcc"], undefined);
    assert.notEqual(arrived.to, "other@example.org");
  }
});
