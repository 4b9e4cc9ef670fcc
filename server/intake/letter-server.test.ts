import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as openSocket, type Socket } from "node:net";
import { createInterface, type Interface } from "node:readline";
import { after, before, beforeEach, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sql } from "kysely";
import { createTransport } from "nodemailer";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { newAddress, subjectLines, subjectOf, writeLetter } from "../../test-kit/correspondence.ts";
import type { Context } from "../context.ts";
import { connect } from "../database/connect.ts";
import { readLetterFile, readRequestLetters } from "../requests/read-request-letters.ts";
import { listRequests } from "../requests/register.ts";
import { type Intake, IntakePortTaken, startIntake } from "./letter-server.ts";

let scene: TestContext;
let ctx: Context;
let intake: Intake;
before(async () => {
  scene = await createTestContext();
  ctx = scene.ctx;
  intake = await startIntake(ctx);
});
after(async () => {
  await intake[Symbol.asyncDispose]();
  await scene[Symbol.asyncDispose]();
});

const company = "softskills@lerna.kg";
let email: string;
beforeEach(() => {
  email = newAddress();
});

/** Sends as the operator's mail server would. Returns the reply to the letter, or the code and text of a refusal. */
async function send(
  raw: Buffer,
  options: { readonly to?: string; readonly from?: string; readonly announce?: boolean } = {},
): Promise<{ readonly code: number; readonly text: string }> {
  const transport = createTransport({ host: "127.0.0.1", port: intake.port });
  const size = options.announce === false ? {} : { size: raw.length };
  const envelope = { from: options.from ?? email, to: [options.to ?? company], ...size };
  try {
    const { response } = await transport.sendMail({ envelope, raw });
    return { code: Number(response.slice(0, 3)), text: response };
  } catch (error) {
    if (!(error instanceof Error && "responseCode" in error && "response" in error)) throw error;
    return { code: Number(error.responseCode), text: String(error.response) };
  } finally {
    transport.close();
  }
}

const isStored = async () => subjectOf(ctx, email).then(
  () => true,
  () => false,
);

test("250 is said once the letter is stored and its request stands in the register", async () => {
  assert.equal((await send(writeLetter({ from: email, line: subjectLines.stopKy }))).code, 250);
  const subject = await subjectOf(ctx, email);
  const request = await ctx.db
    .selectFrom("requests.request")
    .select(["kind", "language"])
    .where("subject_id", "=", subject)
    .executeTakeFirst();
  assert.deepEqual(request, { kind: "stop", language: "ky" });
});

test("the company's address is taken in any case, and no other mailbox is", async () => {
  const letter = writeLetter({ from: email, line: "Вопрос" });
  assert.equal((await send(letter, { to: "info@lerna.kg" })).code, 550);
  assert.equal(await isStored(), false);
  assert.equal((await send(letter, { to: "SoftSkills@LERNA.kg" })).code, 250);
});

test("a letter is stored byte for byte, also one of 10 MB", async () => {
  const raw = Buffer.concat([
    writeLetter({ from: email, line: "Вопрос", text: ".точка\r\n..две" }),
    Buffer.alloc(10 * 1024 * 1024, `${"x".repeat(70)}\r\n`),
    Buffer.from("\r\n"),
  ]);
  assert.equal((await send(raw)).code, 250);
  const number = (await listRequests(ctx)).toSorted((a, b) => Number(b.number) - Number(a.number))[0]?.number ?? "";
  const asked = { number, staffId: ctx.newId() };
  const file = await readLetterFile(ctx, { ...asked, index: "0" });
  assert.ok(file.kind === "read" && file.raw.equals(raw));
  const read = await readRequestLetters(ctx, asked);
  assert.ok(read.kind === "read" && read.letters[0]?.read === "part");
});

test("a letter of 50 MB that says so is refused before it is sent, in words a person can read", async () => {
  const { code, text } = await send(Buffer.alloc(50 * 1024 * 1024, "x\r\n"));
  assert.equal(code, 552);
  assert.match(text, /larger than 25 MB[^]*больше 25 МБ/);
});

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

/** What is really held: garbage that nobody has collected yet does not count. */
function bytesHeld(): number {
  assert.ok(typeof collectGarbage === "function");
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

test("a letter of 50 MB that does not say so is refused, and memory stays flat", async () => {
  await using talk = await converse();
  await talk.command("EHLO example.kg");
  await talk.command(`MAIL FROM:<${email}>`);
  await talk.command(`RCPT TO:<${company}>`);
  await talk.command("DATA");
  const piece = Buffer.alloc(1024 * 1024, `${"x".repeat(70)}\r\n`);
  const before = bytesHeld();
  let most = 0;
  for (let sent = 0; sent < 50; sent++) {
    if (!talk.socket.write(piece)) await once(talk.socket, "drain");
    most = Math.max(most, bytesHeld() - before);
  }
  const reply = await talk.command("\r\n.");
  assert.match(reply, /^552 .*larger than 25 MB.*больше 25 МБ/);
  assert.ok(most < 40 * 1024 * 1024, `${most} bytes at most`);
  assert.ok(bytesHeld() - before < 10 * 1024 * 1024);
  assert.equal(await isStored(), false);

  await talk.command("RSET");
  assert.match(await talk.command(`MAIL FROM:<${email}>`), /^250/, "the same connection takes the next letter");
});

test("a letter that breaks off in the middle is not stored", async () => {
  {
    await using talk = await converse();
    await talk.command("EHLO example.kg");
    await talk.command(`MAIL FROM:<${email}>`);
    await talk.command(`RCPT TO:<${company}>`);
    await talk.command("DATA");
    talk.socket.write(writeLetter({ from: email, line: subjectLines.stopRu }));
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(await isStored(), false);
});

test("a letter from the null sender is taken and not answered", async () => {
  assert.equal((await send(writeLetter({ from: email, line: subjectLines.stopRu }), { from: "" })).code, 250);
  assert.equal(await isStored(), false, "the address of an unknown robot is not kept");
});

test("twenty letters at once are all taken", async () => {
  const letters = Array.from({ length: 20 }, () => writeLetter({ from: newAddress(), line: subjectLines.stopRu }));
  const replies = await Promise.all(letters.map((raw) => send(raw)));
  assert.deepEqual(new Set(replies.map(({ code }) => code)), new Set([250]));
});

test("while the database is down a letter is put off with 451, and taken when it is back, once", async () => {
  const letter = writeLetter({ from: email, line: subjectLines.stopRu });
  const name = scene.database.ownerAddress.database;
  await using owner = connect({ ...scene.database.ownerAddress, database: "postgres" }, { name: "owner", max: 1 });
  await sql`alter database ${sql.id(name)} allow_connections false`.execute(owner.db);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`.execute(owner.db);
  const refused = await send(letter);
  assert.equal(refused.code, 451);
  assert.match(refused.text, /not stored[^]*не сохранено/);

  await sql`alter database ${sql.id(name)} allow_connections true`.execute(owner.db);
  assert.equal((await send(letter)).code, 250);
  assert.equal((await send(letter)).code, 250, "a letter delivered twice is accepted and ignored");
  const subject = await subjectOf(ctx, email);
  const stored = ctx.db.selectFrom("letters.incoming").select("letter_id").where("subject_id", "=", subject);
  assert.equal((await stored.execute()).length, 1);
});

test("a port that is taken is a sentence that says what to do", async () => {
  const config = { ...ctx.config, intake: { ...ctx.config.intake, port: intake.port } };
  await assert.rejects(startIntake({ ...ctx, config }), (error) => {
    assert.ok(error instanceof IntakePortTaken && error.code === "intake-port-taken");
    return true;
  });
});

test("letters come in by LMTP too, with an answer for each recipient", async () => {
  const config = { ...ctx.config, intake: { ...ctx.config.intake, protocol: "lmtp" as const } };
  await using lmtp = await startIntake({ ...ctx, config });
  await using talk = await converse(lmtp.port);
  assert.match(await talk.command("LHLO example.kg"), /SIZE/);
  await talk.command(`MAIL FROM:<${email}>`);
  await talk.command(`RCPT TO:<${company}>`);
  assert.match(await talk.command("RCPT TO:<info@lerna.kg>"), /^550/);
  await talk.command("DATA");
  const letter = writeLetter({ from: email, line: subjectLines.stopRu }).toString();
  assert.match(await talk.command(`${letter}.`), /^250/);
  assert.equal(await isStored(), true);
});

test("nothing of who wrote or what is in the log", () => {
  const log = scene.log.join("\n");
  assert.match(log, /"event":"letter-received","outcome":"opened"/);
  assert.match(log, /"event":"letter-refused","reason":"too-large"/);
  assert.match(log, /"event":"letter-refused","reason":"not-stored"/);
  assert.doesNotMatch(log, /example\.kg|Прекратить|токтотуу/);
});

interface Conversation extends AsyncDisposable {
  readonly socket: Socket;
  /** Sends a line and returns the whole reply, or its last line. */
  command(line: string): Promise<string>;
}

/** Speaks the protocol by hand, for what no mail program would do. */
async function converse(port = intake.port): Promise<Conversation> {
  const socket = openSocket(port, "127.0.0.1");
  const lines = createInterface({ input: socket });
  const replies = replyReader(lines);
  await replies.next();
  return {
    socket,
    async command(line) {
      socket.write(`${line}\r\n`);
      const { value } = await replies.next();
      return value ?? "";
    },
    async [Symbol.asyncDispose]() {
      lines.close();
      socket.destroy();
    },
  };
}

async function* replyReader(lines: Interface): AsyncGenerator<string, undefined> {
  let reply: string[] = [];
  for await (const line of lines) {
    reply.push(line);
    if (line[3] === "-") continue;
    yield reply.join("\n");
    reply = [];
  }
  return undefined;
}
