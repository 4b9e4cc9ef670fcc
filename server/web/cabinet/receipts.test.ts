import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { flipBit } from "../../../ledger/log-scene.ts";
import { createNoteSigner } from "../../../ledger/signed-note.ts";
import { runVerify } from "../../../ledger/verify-command.ts";
import { evidenceStart, signReceipt, verifyReceipt } from "../../../ledger/receipt.ts";
import { type CabinetPeople, createCabinetPeople, type Person } from "../../../test-kit/cabinet-people.ts";
import { WebVisitor } from "../../../test-kit/web-visitor.ts";
import { withdrawConsent } from "../../consent/withdraw-consent.ts";
import type { Context } from "../../context.ts";
import { sequenceEntries } from "../../journal/sequence-entries.ts";
import { languages } from "../../language/language.ts";
import { listReceipts } from "../../receipts/list-receipts.ts";
import { openFromCabinet } from "../../requests/open-from-cabinet.ts";
import { createSession } from "../../sign-in/cabinet-session.ts";
import { createApp } from "../app.ts";

let people: CabinetPeople;
let ctx: Context;
let folder: string;
before(async () => {
  people = await createCabinetPeople();
  ctx = people.kit.ctx;
  folder = await mkdtemp(join(tmpdir(), "ubada-receipts-"));
});
after(async () => {
  await rm(folder, { recursive: true });
  await people[Symbol.asyncDispose]();
});

async function visitorFor({ subject }: Person): Promise<WebVisitor> {
  const visitor = new WebVisitor(createApp(ctx), ctx.config.origin);
  visitor.setCookie("ubada-cabinet", await createSession(ctx, ctx.db, subject));
  return visitor;
}

/** The addresses of the files on a person's page, the newest first. */
async function filesOf(visitor: WebVisitor, language = "ru"): Promise<readonly string[]> {
  const page = await (await visitor.get(`/${language}/cabinet/receipts`)).text();
  return [...page.matchAll(/href="([^"]+\/receipts\/[0-9a-f-]{36})"/g)].map(([, href]) => href ?? "");
}

async function download(visitor: WebVisitor, href: string): Promise<Buffer> {
  const answer = await visitor.get(href);
  assert.equal(answer.status, 200, href);
  assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="receipt-[a-z0-9-]+\.html"$/);
  return Buffer.from(await answer.arrayBuffer());
}

/** As an outsider runs it, with the file and the key and nothing else. */
async function verify(file: Buffer, key: string = ctx.signer.verifierKey) {
  const path = join(folder, "receipt.html");
  await writeFile(path, file);
  const lines: string[] = [];
  const code = await runVerify(["receipt", path, "--key", key, "--json"], { out: (line) => lines.push(line) });
  return { code, said: JSON.parse(lines.join("\n")) as { ok: boolean; code?: string; detail: Record<string, unknown> } };
}

test("for a consent, each withdrawal and a request a person downloads a receipt that outlives their data", async () => {
  const person = await people.enrol({ ticked: ["8.4"] });
  await people.sendAgain(person, "consultation");
  await withdrawConsent(ctx, { subject: person.subject, purpose: "8.4" });
  await openFromCabinet(ctx, { subject: person.subject, kind: "destruction", language: "ru" });
  await sequenceEntries(ctx);
  const visitor = await visitorFor(person);
  const files: Buffer[] = [];
  for (const href of await filesOf(visitor)) files.push(await download(visitor, href));
  await people.kit.runJobs();
  assert.equal((await ctx.db.selectFrom("journal.about").select("sealed").execute()).length, 0, "all was erased");

  const said = [];
  for (const file of files) said.push((await verify(file)).said);
  const what = said.map(({ ok, detail }) => [ok, detail["kind"], detail["request"] ?? detail["purpose"] ?? detail["given"]]);
  assert.deepEqual(what, [
    [true, "withdrawal", "8.2"],
    [true, "request", "destruction"],
    [true, "withdrawal", "8.4"],
    [true, "consent", ["8.2"]],
    [true, "consent", ["8.2", "8.4"]],
  ]);
  for (const file of files) {
    for (const mark of [person.surname, person.phone.slice(-6), person.email]) assert.ok(!file.includes(mark), mark);
  }
});

test("whatever is changed in a receipt is found, and so is the key of another log", async () => {
  const person = await people.enrol();
  await sequenceEntries(ctx);
  const visitor = await visitorFor(person);
  const file = await download(visitor, (await filesOf(visitor))[0] ?? "");
  assert.equal(verifyReceipt(file, ctx.signer.verifier).detail["kind"], "consent");
  const flip = (bit: number) => {
    assert.throws(() => verifyReceipt(flipBit(file, bit), ctx.signer.verifier), { name: "LogBroken" }, `bit ${bit}`);
  };
  fc.assert(fc.property(fc.nat(8 * file.length - 1), flip), { numRuns: 500 });
  // The signature and the end of the file, bit by bit.
  for (let bit = 8 * file.lastIndexOf("— "); bit < 8 * file.length; bit++) flip(bit);
  for (const part of [0, 100, file.length - 1]) {
    assert.throws(() => verifyReceipt(file.subarray(0, part), ctx.signer.verifier), { code: "malformed" });
  }
  const stranger = createNoteSigner(ctx.signer.name, Buffer.alloc(32, 3)).verifierKey;
  const { code, said } = await verify(file, stranger);
  assert.deepEqual([code, said.code], [1, "not-signed"]);
});

test("a receipt that the company signs over another entry than the one that commits to it proves nothing", async () => {
  const both = [await people.enrol({ ticked: [] }), await people.enrol({ ticked: ["8.8"] })];
  await sequenceEntries(ctx);
  const [one, other] = await Promise.all(
    both.map(async (person) => {
      const visitor = await visitorFor(person);
      return (await download(visitor, (await filesOf(visitor))[0] ?? "")).toString("utf8");
    }),
  );
  const evidenceOf = (file: string) => /(?<=id="evidence">)[^\n]*?(?=<\/script>)/.exec(file)?.[0] ?? "";
  const mine = JSON.parse(evidenceOf(one ?? "")) as object;
  const theirs = JSON.parse(evidenceOf(other ?? "")) as { detail: object };
  const forged = JSON.stringify({ ...mine, detail: theirs.detail });
  const document = `<html><body>${evidenceStart}${forged}</script>`;
  const file = Buffer.from(signReceipt(document, ctx.signer));
  assert.throws(() => verifyReceipt(file, ctx.signer.verifier), { code: "receipt-wrong" });
});

test("nobody can download another person's receipt, nor one that does not exist", async () => {
  const [person, other] = [await people.enrol(), await people.enrol()];
  await sequenceEntries(ctx);
  const [href = ""] = await filesOf(await visitorFor(person));
  assert.equal((await (await visitorFor(other)).get(href)).status, 404);
  assert.equal((await (await visitorFor(person)).get("/ru/cabinet/receipts/1")).status, 404);
  assert.equal((await new WebVisitor(createApp(ctx), ctx.config.origin).get(href)).status, 303);
});

test("a receipt can be had at once, though its entry has not been taken into the ledger yet", async () => {
  const person = await people.enrol();
  const visitor = await visitorFor(person);
  const [href = ""] = await filesOf(visitor, "en");
  assert.equal((await verify(await download(visitor, href))).code, 0);
});

for (const language of languages) {
  test(`the file is in the reader's language: ${language}`, async () => {
    const person = await people.enrol({ language });
    await sequenceEntries(ctx);
    const visitor = await visitorFor(person);
    const file = await download(visitor, (await filesOf(visitor, language))[0] ?? "");
    assert.ok(file.includes(`<html lang="${language}">`));
    assert.equal((await verify(file)).code, 0);
  });
}

test("where the database says something else than the person did, no receipt is made of it", async () => {
  const person = await people.enrol({ ticked: [] });
  await sequenceEntries(ctx);
  const [receipt] = await listReceipts(ctx, person.subject);
  await sql`delete from consent.act where subject_id = ${person.subject}`.execute(ctx.db);
  assert.deepEqual(await listReceipts(ctx, person.subject), [], "nothing is left to say what was done");
  assert.ok(receipt?.content.kind === "consent");
  const { content } = receipt;
  await ctx.db
    .insertInto("consent.act")
    .values({
      subject_id: person.subject,
      act_id: content.id,
      at: Temporal.Instant.from(content.at),
      policy_version: content.policy,
      shown_hash: Buffer.from(content.shown, "hex"),
      language: content.language,
      form: content.form,
      button_label: content.button,
      offered: [...content.offered],
      given: [...content.given, "8.4"],
      refused: [...content.refused],
    })
    .execute();
  const visitor = await visitorFor(person);
  const answer = await visitor.get(`/ru/cabinet/receipts/${receipt.number}`);
  assert.equal(answer.status, 500);
  assert.ok(people.kit.log.some((line) => line.includes("receipt-contradicted")));
});
